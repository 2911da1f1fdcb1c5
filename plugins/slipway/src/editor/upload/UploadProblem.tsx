import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { useText } from '../../translation';
import type { Upload } from './readUpload';

/** Why a chosen file was not taken, in words. */
export function UploadProblem(props: { upload: Upload }) {
  const { upload } = props;
  const t = useText();
  return 'problem' in upload ? (
    <Box mt={1}>
      <Alert severity="error">
        {t(`editor.upload.${upload.problem}`, { name: upload.name })}
      </Alert>
    </Box>
  ) : null;
}
