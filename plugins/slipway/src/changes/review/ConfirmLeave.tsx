import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';

/** Asks before words that were typed are lost. */
export function ConfirmLeave(props: {
  onLeave: () => void;
  onStay: () => void;
}) {
  const t = useText();
  const id = useUniqueId('leave');
  return (
    <Dialog
      open
      maxWidth="xs"
      onClose={props.onStay}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('review.leaveTitle')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('review.leaveText')}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onLeave}>{t('review.leave')}</Button>
        <Button color="primary" variant="contained" onClick={props.onStay}>
          {t('review.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
