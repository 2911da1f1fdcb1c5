import { Content, Page, ResponseErrorPanel } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { DemoPerson } from './demoPeople';
import { signInTranslationRef } from './translation';

export type SignInFailedProps = {
  person: DemoPerson;
  error: Error | undefined;
  onRetry: () => void;
  onChooseAnother: () => void;
};

/** Says why and offers the two ways on. */
export function SignInFailed(props: SignInFailedProps) {
  const { t } = useTranslationRef(signInTranslationRef);

  return (
    <Page themeId="home">
      <Content>
        <Typography variant="h4" component="h1" gutterBottom>
          {t('failed', { name: props.person.title })}
        </Typography>
        <Typography paragraph>{t('failedHelp')}</Typography>
        <Button variant="contained" color="primary" onClick={props.onRetry}>
          {t('retry')}
        </Button>{' '}
        <Button onClick={props.onChooseAnother}>{t('chooseAnother')}</Button>
        {props.error && <ResponseErrorPanel error={props.error} />}
      </Content>
    </Page>
  );
}
