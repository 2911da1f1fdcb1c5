import { lazy, Suspense, useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { EmptyPanel, LoadingRows } from '../states';
import { useText } from '../translation';
import { readText } from './code/textForm';
import { Draft, DraftOperation, writeFile } from './drafts';
import { bytesIn, readUpload, Upload } from './upload/readUpload';
import { UploadButton } from './upload/UploadButton';
import { UploadProblem } from './upload/UploadProblem';
import { useSchemaCluster } from './useSchemaCluster';
import { MAX_EDIT_BYTES, whyReadOnly } from './whyReadOnly';

// An editor is half a megabyte: only who edits a file loads it.
const CodeEditor = lazy(() => import('./code/CodeEditor'));

export interface FileEditorProps {
  path: string;
  draft: Draft;
  operation?: DraftOperation;
  /** What the branch holds, at the path that the draft began with; absent for a new file. */
  file?: FileContent;
  /** Where the file is or will be deployed. */
  environment?: string;
  /** Where to begin, from 1. */
  line?: number;
}

/** Puts another file in the place of this one. */
function Replace(props: FileEditorProps) {
  const { path, draft, file } = props;
  const t = useText();
  const [refused, setRefused] = useState<Upload>();
  const onFiles = async ([chosen]: readonly File[]) => {
    const upload = await readUpload(chosen);
    setRefused(upload);
    if ('content' in upload) {
      writeFile(draft, path, upload.content, file);
    }
  };
  return (
    <>
      <UploadButton
        multiple={false}
        label={t('editor.replace')}
        onFiles={onFiles}
      />
      {refused && <UploadProblem upload={refused} />}
    </>
  );
}

function TextEditor(props: FileEditorProps & { text: string }) {
  const { path, draft, file, text, environment, line } = props;
  const t = useText();
  const id = useUniqueId('editor');
  const cluster = useSchemaCluster(draft.configRepo, environment);
  const [saved, setSaved] = useState(0);
  const { form } = readText(text);
  return (
    <>
      {/⟪masked:\d+⟫/.test(text) && (
        <Box m={2}>
          <Alert severity="info" role="note">
            {/^sops:/m.test(text) ? t('editor.maskedSops') : t('editor.masked')}
          </Alert>
        </Box>
      )}
      <Box px={2} py={1}>
        <Typography variant="caption" color="textSecondary" id={id}>
          {t('editor.help')}
          {form.lineBreak !== 'LF' && ` ${t(`editor.form.${form.lineBreak}`)}`}
          {form.byteOrderMark && ` ${t('editor.form.byteOrderMark')}`}
        </Typography>{' '}
        <Typography variant="caption" component="span" role="status">
          {/* Said again each time, although the words are the same. */}
          {saved > 0 && <span key={saved}>{t('editor.kept')}</span>}
        </Typography>
      </Box>
      <Suspense fallback={<LoadingRows label={t('editor.loading')} />}>
        <CodeEditor
          path={path}
          text={text}
          describedBy={id}
          cluster={cluster}
          line={line}
          onText={typed => writeFile(draft, path, { text: typed }, file)}
          onSave={() => setSaved(saved + 1)}
        />
      </Suspense>
    </>
  );
}

/** The text of a file to edit, or why it cannot be edited here and what can be done instead. */
export function FileEditor(props: FileEditorProps) {
  const { operation, file } = props;
  const t = useText();
  if (operation?.type === 'delete') {
    return (
      <EmptyPanel
        title={t('editor.deletedTitle')}
        text={t('editor.deletedText')}
      />
    );
  }
  if (operation?.base64 !== undefined) {
    return (
      <EmptyPanel
        title={t('editor.uploadedTitle')}
        text={t('editor.uploadedText', {
          bytes: String(bytesIn(operation.base64)),
        })}
      >
        <Replace {...props} />
      </EmptyPanel>
    );
  }
  const text = operation?.text ?? file?.text;
  const reason =
    operation?.text !== undefined
      ? operation.text.length > MAX_EDIT_BYTES && 'large'
      : file && whyReadOnly(file);
  if (reason || text === undefined) {
    return (
      <EmptyPanel
        title={t('editor.readOnlyTitle')}
        text={t(`editor.readOnly.${reason || 'large'}`)}
      >
        {reason !== 'link' && reason !== 'submodule' && <Replace {...props} />}
      </EmptyPanel>
    );
  }
  return <TextEditor {...props} text={text} />;
}
