import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import NoteAdd from '@material-ui/icons/NoteAddOutlined';
import Alert from '@material-ui/lab/Alert';
import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { Draft, takenPaths, writeFile } from './drafts';
import { PathDialog } from './paths/PathDialog';
import { UploadButton } from './upload/UploadButton';
import { UploadProblem } from './upload/UploadProblem';
import type { useUploads } from './upload/useUploads';
import type { MayChange } from './useMayChange';

export interface NewFilesProps {
  draft?: Draft;
  items: readonly FileEntry[];
  /** Where new files go; nowhere until somebody chooses. */
  directory?: string;
  mayChange: MayChange;
  uploads: ReturnType<typeof useUploads>;
  onCreated: (path: string) => void;
}

/** Makes and uploads files in the directory that is chosen in the tree. */
export function NewFiles(props: NewFilesProps) {
  const { draft, items, directory, mayChange, uploads, onCreated } = props;
  const { result } = uploads;
  const t = useText();
  const [creating, setCreating] = useState(false);
  const ready =
    draft !== undefined &&
    directory !== undefined &&
    mayChange.status === 'allowed';
  return (
    <Box px={1} pb={1}>
      <Button
        size="small"
        startIcon={<NoteAdd />}
        disabled={!ready}
        onClick={() => setCreating(true)}
      >
        {t('editor.newFile')}
      </Button>
      <UploadButton
        multiple
        label={t('editor.uploadFiles')}
        disabled={!ready}
        onFiles={files => uploads.add(directory ?? '', files)}
      />
      <Typography variant="caption" color="textSecondary" component="p">
        {directory === undefined && t('editor.chooseDirectory')}
        {directory !== undefined &&
          mayChange.status === 'denied' &&
          t('editor.denied', { permission: mayChange.permission })}
        {ready && t('editor.goesTo', { directory })}
      </Typography>
      <div aria-live="polite">
        {result && result.added.length > 0 && (
          <Alert severity="success" onClose={uploads.forget}>
            {t('editor.uploaded', {
              count: result.added.length,
              directory: result.directory,
            })}
          </Alert>
        )}
        {result?.refused.map(upload => (
          <UploadProblem key={upload.name} upload={upload} />
        ))}
      </div>
      {creating && ready && (
        <PathDialog
          title={t('editor.newFile')}
          directory={directory}
          initial=""
          confirm={t('editor.create')}
          paths={takenPaths(items, draft, 'create')}
          onClose={() => setCreating(false)}
          onConfirm={path => {
            setCreating(false);
            writeFile(draft, path, { text: '' });
            onCreated(path);
          }}
        />
      )}
    </Box>
  );
}
