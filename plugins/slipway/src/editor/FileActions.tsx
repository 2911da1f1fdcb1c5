import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import DeleteOutline from '@material-ui/icons/DeleteOutline';
import DriveFileMove from '@material-ui/icons/ForwardOutlined';
import type {
  FileContent,
  FileEntry,
} from '@slipway/backstage-plugin-slipway-common';
import { ConfirmDialog } from '../modules/ConfirmDialog';
import { useText } from '../translation';
import {
  deleteFile,
  Draft,
  DraftOperation,
  renameFile,
  takenPaths,
} from './drafts';
import { PathDialog } from './paths/PathDialog';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(0, 2, 1),
    },
  }),
  { name: 'SlipwayFileActions' },
);

export interface FileActionsProps {
  path: string;
  draft: Draft;
  operation?: DraftOperation;
  file?: FileContent;
  items: readonly FileEntry[];
  /** The directory of the module, below which the file stays. */
  directory: string;
  /** The file has another path now, or none. */
  onMoved: (path: string | undefined) => void;
}

/** Renaming, moving and deleting a file, as part of the draft. */
export function FileActions(props: FileActionsProps) {
  const { path, draft, operation, file, items, directory, onMoved } = props;
  const classes = useStyles();
  const t = useText();
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const close = () => setDialog(undefined);
  const created = operation !== undefined && operation.base === undefined;
  const inside = directory !== '' && path.startsWith(`${directory}/`);
  return (
    <div role="group" aria-label={t('editor.actions')} className={classes.root}>
      <Button
        size="small"
        startIcon={<DriveFileMove />}
        onClick={() => setDialog('rename')}
      >
        {t('editor.rename')}
      </Button>
      <Button
        size="small"
        startIcon={<DeleteOutline />}
        onClick={() => setDialog('delete')}
      >
        {t('editor.delete')}
      </Button>
      {dialog === 'rename' && (
        <PathDialog
          title={t('editor.renameTitle', { path })}
          directory={inside ? directory : ''}
          initial={inside ? path.slice(directory.length + 1) : path}
          confirm={t('editor.rename')}
          paths={takenPaths(items, draft, 'rename')}
          onClose={close}
          onConfirm={to => {
            close();
            renameFile(draft, path, to, file);
            onMoved(to);
          }}
        />
      )}
      {dialog === 'delete' && (
        <ConfirmDialog
          title={t('editor.deleteTitle', { path })}
          text={created ? t('editor.deleteCreated') : t('editor.deleteText')}
          confirm={t('editor.delete')}
          onClose={close}
          onConfirm={() => {
            close();
            deleteFile(draft, path, file);
            onMoved(created ? undefined : operation?.from ?? path);
          }}
        />
      )}
    </div>
  );
}
