import { lazy, Suspense } from 'react';
import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { useSchemaCluster } from '../editor';
import { EmptyPanel, LoadingRows } from '../states';
import { useText } from '../translation';

// An editor is half a megabyte: only who reads a file loads it.
const CodeView = lazy(() => import('./CodeView'));

/** The text of a file, or why there is none to show. */
export function FileText(props: { file: FileContent; line?: number }) {
  const { file, line } = props;
  const t = useText();
  const cluster = useSchemaCluster(file.configRepo, file.place.environment);
  if (file.mode === '120000') {
    return (
      <EmptyPanel
        title={t('files.linkTitle')}
        text={
          file.text === undefined ? t('files.linkOutside') : t('files.link')
        }
      >
        <code>{file.text}</code>
      </EmptyPanel>
    );
  }
  if (file.mode === '160000') {
    return (
      <EmptyPanel
        title={t('files.submoduleTitle')}
        text={t('files.submodule')}
      />
    );
  }
  if (file.withheld) {
    return (
      <EmptyPanel title={t('files.withheldTitle')} text={t('files.withheld')} />
    );
  }
  if (file.binary) {
    return (
      <EmptyPanel title={t('files.binaryTitle')} text={t('files.binary')} />
    );
  }
  if (file.text === undefined) {
    return (
      <EmptyPanel title={t('files.tooLargeTitle')} text={t('files.tooLarge')} />
    );
  }
  return (
    <>
      {file.masked > 0 && (
        <Box m={2}>
          <Alert severity="info">
            {t('files.masked', { count: file.masked })}
          </Alert>
        </Box>
      )}
      <Suspense
        fallback={
          <LoadingRows label={t('files.loadingFile', { path: file.path })} />
        }
      >
        <CodeView
          path={file.path}
          text={file.text}
          line={line}
          cluster={cluster}
        />
      </Suspense>
    </>
  );
}
