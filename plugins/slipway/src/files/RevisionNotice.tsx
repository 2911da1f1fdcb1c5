import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { useText } from '../translation';

/** Says that a file is shown as it once was, and leads back to the branch head. */
export function RevisionNotice(props: {
  revision: string;
  onHead: () => void;
}) {
  const { revision, onHead } = props;
  const t = useText();
  return (
    <Box p={2}>
      <Alert
        severity="warning"
        action={
          <Button color="inherit" size="small" onClick={onHead}>
            {t('files.toHead')}
          </Button>
        }
      >
        {t('files.atRevision', { revision: revision.slice(0, 7) })}
      </Alert>
    </Box>
  );
}
