import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { DiffOf } from '../history';
import { useText } from '../translation';
import { draftMark, DraftOperation } from './drafts';

/** How the branch moved on since an operation began, if it did. */
type Moved = 'changed' | 'deleted' | 'created';

function movedOf(
  { base, type }: DraftOperation,
  file: FileContent | undefined,
): Moved | undefined {
  if (base === undefined) {
    return file && type === 'write' ? 'created' : undefined;
  }
  if (!file) {
    return 'deleted';
  }
  return file.oid === base ? undefined : 'changed';
}

/** What the draft does to a file, the way back, and whether somebody else changed the file meanwhile. */
export function DraftNotice(props: {
  configRepo: string;
  operation: DraftOperation;
  /** What the branch holds where the operation began. */
  file?: FileContent;
  onRestore: () => void;
}) {
  const { configRepo, operation, file, onRestore } = props;
  const { path, from = path, commit } = operation;
  const t = useText();
  const [comparing, setComparing] = useState(false);
  const moved = movedOf(operation, file);
  const mark = draftMark(operation);
  return (
    <Box px={2} pb={1}>
      <Alert
        severity="info"
        role="status"
        action={
          <Button color="inherit" size="small" onClick={onRestore}>
            {mark === 'created'
              ? t('editor.discardFile')
              : t('editor.restoreFile')}
          </Button>
        }
      >
        {t(`editor.does.${mark}`, { from })}
      </Alert>
      {moved && (
        <Box mt={1}>
          <Alert
            severity="warning"
            role="alert"
            action={
              moved === 'changed' &&
              commit && (
                <Button
                  color="inherit"
                  size="small"
                  aria-expanded={comparing}
                  onClick={() => setComparing(!comparing)}
                >
                  {t('files.compare')}
                </Button>
              )
            }
          >
            {t(`editor.moved.${moved}`)}
          </Alert>
          {comparing && commit && (
            <section aria-label={t('editor.movedDiff')}>
              <DiffOf
                configRepo={configRepo}
                query={{ path: from, fromRevision: commit }}
              />
            </section>
          )}
        </Box>
      )}
    </Box>
  );
}
