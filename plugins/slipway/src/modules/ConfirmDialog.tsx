import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { Body, useUniqueId } from '../layout';
import { useText } from '../translation';

/** Says what is about to happen, and does it when told. */
export function ConfirmDialog(props: {
  title: string;
  text: string;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { title, text, confirm, onConfirm, onClose, children } = props;
  const t = useText();
  const id = useUniqueId('dialog');
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <Body>
          <Typography variant="body2" id={`${id}-text`} paragraph>
            {text}
          </Typography>
          {children}
        </Body>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('modulePage.cancel')}</Button>
        <Button color="primary" variant="contained" onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
