import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useText } from '../translation';
import { EmptyPanel } from './EmptyPanel';
import { errorKind, errorMessage } from './errorKind';

interface ErrorStateProps {
  error: Error;
  title: string;
  /** The permission that is missing when the answer is no. */
  permission: string;
  onRetry: () => void;
  /** What is said of what is not there, where a page knows more of it. */
  missing?: string;
  /** Where to go on from what is not there. */
  children?: ReactNode;
}

/** A page or list that could not be read at all: denied, not there, or failed with a way to try again. */
export function ErrorState(props: ErrorStateProps) {
  const { children, error, missing, title, permission, onRetry } = props;
  const t = useText();
  switch (errorKind(error)) {
    case 'denied':
      return (
        <EmptyPanel
          title={t('error.deniedTitle')}
          text={t('error.denied', { permission })}
        />
      );
    case 'notFound':
      return (
        <EmptyPanel
          title={t('error.notFoundTitle')}
          text={missing ?? t('error.notFound')}
        >
          {children}
        </EmptyPanel>
      );
    default:
      return (
        <Alert
          severity="error"
          action={
            <Button color="inherit" size="small" onClick={onRetry}>
              {t('error.retry')}
            </Button>
          }
        >
          <AlertTitle>{title}</AlertTitle>
          {errorMessage(error)}
        </Alert>
      );
  }
}
