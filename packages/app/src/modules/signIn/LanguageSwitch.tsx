import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';

/** Offers the other languages by their own names: nobody can open the settings before signing in. */
export function LanguageSwitch() {
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
          color="inherit"
          lang={other}
          onClick={() => languageApi.setLanguage(other)}
        >
          {new Intl.DisplayNames([other], { type: 'language' }).of(other)}
        </Button>
      ))}
    </>
  );
}
