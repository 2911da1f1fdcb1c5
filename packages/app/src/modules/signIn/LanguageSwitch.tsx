import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles, type Theme } from '@material-ui/core/styles';

const useStyles = makeStyles(
  (theme: Theme) => ({
    // What the header around it uses for its own text.
    root: { color: theme.page.fontColor },
  }),
  { name: 'DemoLanguageSwitch' },
);

/** Offers the other languages by their own names: nobody can open the settings before signing in. */
export function LanguageSwitch() {
  const classes = useStyles();
  const languageApi = useApi(appLanguageApiRef);
  const { language } = languageApi.getLanguage();
  const others = languageApi
    .getAvailableLanguages()
    .languages.filter(candidate => candidate !== language);

  return (
    <>
      {others.map(other => (
        <Button
          key={other}
          className={classes.root}
          lang={other}
          onClick={() => languageApi.setLanguage(other)}
        >
          {new Intl.DisplayNames([other], { type: 'language' }).of(other)}
        </Button>
      ))}
    </>
  );
}
