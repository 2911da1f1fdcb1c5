import { FormEvent, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { Body, useUniqueId } from '../../layout';
import { useText } from '../../translation';
import { checkNewPath } from './checkNewPath';

export interface PathDialogProps {
  title: string;
  /** The directory that the path is below; empty for the root of the config repo. */
  directory: string;
  /** What stands in the field at first. */
  initial: string;
  confirm: string;
  /** Files that there are already. */
  paths: ReadonlySet<string>;
  onConfirm: (path: string) => void;
  onClose: () => void;
}

/** Who types the whole path means it so. */
function wholePath(directory: string, typed: string): string {
  if (!directory || !typed || typed.startsWith(`${directory}/`)) return typed;
  return `${directory}/${typed}`;
}

/** Asks for the path of a file below a directory, and judges it as it is typed. */
export function PathDialog(props: PathDialogProps) {
  const { title, directory, initial, confirm, paths, onConfirm, onClose } =
    props;
  const t = useText();
  const id = useUniqueId('path');
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(initial);
  const [touched, setTouched] = useState(false);
  const path = wholePath(directory, typed);
  const problem =
    initial !== '' && path === wholePath(directory, initial)
      ? 'taken'
      : checkNewPath(path, paths);
  const shown = touched ? problem : undefined;
  const hint =
    directory && path && !problem
      ? t('editor.pathResult', { path })
      : t('editor.pathHint');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (!problem) {
      onConfirm(path);
    }
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      TransitionProps={{ onEntered: () => input.current?.focus() }}
      aria-labelledby={`${id}-title`}
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
        <DialogContent>
          <Body>
            <TextField
              fullWidth
              inputRef={input}
              required
              id={id}
              variant="outlined"
              size="small"
              label={
                directory
                  ? t('editor.pathBelow', { directory })
                  : t('files.path')
              }
              placeholder="deployment.yaml"
              value={typed}
              error={shown !== undefined}
              helperText={shown ? t(`editor.path.${shown}`) : hint}
              inputProps={{ spellCheck: false, autoCapitalize: 'none' }}
              // The theme's red is too faint for words.
              InputLabelProps={{ error: false }}
              FormHelperTextProps={{
                error: false,
                role: shown ? 'alert' : undefined,
              }}
              onChange={event => {
                setTyped(event.target.value);
                setTouched(true);
              }}
            />
          </Body>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('editor.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={shown !== undefined}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
