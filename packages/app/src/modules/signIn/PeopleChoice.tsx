import { Content, Header, Page } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Avatar from '@material-ui/core/Avatar';
import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { DemoPerson } from './demoPeople';
import { LanguageSwitch } from './LanguageSwitch';
import { signInTranslationRef } from './translation';

const useStyles = makeStyles(
  (theme: Theme) => ({
    people: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))',
      gap: theme.spacing(2),
      listStyle: 'none',
      margin: theme.spacing(3, 0),
      padding: 0,
      maxWidth: 1200,
    },
    card: { height: '100%' },
    person: {
      height: '100%',
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'flex-start',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
    },
    avatar: {
      backgroundColor: theme.palette.primary.main,
      color: theme.palette.primary.contrastText,
    },
  }),
  { name: 'DemoPeopleChoice' },
);

export type PeopleChoiceProps = {
  people: DemoPerson[];
  onChoose: (person: DemoPerson) => void;
};

/** One card per example person, each a button. */
export function PeopleChoice(props: PeopleChoiceProps) {
  const classes = useStyles();
  const { t } = useTranslationRef(signInTranslationRef);
  const title = useApi(configApiRef).getOptionalString('app.title');

  return (
    <Page themeId="home">
      <Header title={title ?? 'Slipway'} pageTitleOverride={t('title')}>
        <LanguageSwitch />
      </Header>
      <Content>
        <Typography variant="h5" component="h2">
          {t('title')}
        </Typography>
        <Typography>{t('subtitle')}</Typography>
        <ul className={classes.people}>
          {props.people.map(person => (
            <li key={person.name}>
              <Card variant="outlined" className={classes.card}>
                <CardActionArea
                  className={classes.person}
                  aria-label={t('continueAs', { name: person.title })}
                  aria-describedby={`demo-person-${person.name}`}
                  onClick={() => props.onChoose(person)}
                >
                  <Avatar className={classes.avatar} aria-hidden>
                    {person.title.slice(0, 1)}
                  </Avatar>
                  <div>
                    <Typography variant="h6" component="h3">
                      {person.title}
                    </Typography>
                    <Typography
                      id={`demo-person-${person.name}`}
                      color="textSecondary"
                    >
                      {person.description}
                    </Typography>
                  </div>
                </CardActionArea>
              </Card>
            </li>
          ))}
        </ul>
      </Content>
    </Page>
  );
}
