import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { Blame, History } from '../history';
import { useLiveQuery } from '../live';
import { ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { CompareFile } from './CompareFile';
import { FileFacts } from './FileFacts';
import { FileText } from './FileText';
import type { FileSelectionState, FileView } from './useFileSelection';

export interface FilePanelProps extends FileSelectionState {
  configRepo: string;
  path: string;
}

function View(props: FilePanelProps & { file: FileContent }) {
  const { file, selection } = props;
  switch (selection.view) {
    case 'history':
      return <History {...props} />;
    case 'blame':
      return <Blame {...props} />;
    case 'compare':
      return <CompareFile {...props} />;
    default:
      return <FileText file={file} line={selection.line} />;
  }
}

/** One file at the branch head: what it is, and the view of it that was chosen. */
export function FilePanel(props: FilePanelProps) {
  const { configRepo, path, selection, select } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, path]),
    fetch: () => api.readFile(configRepo, { path }),
  });
  if (query.status === 'loading') {
    return <LoadingRows label={t('files.loadingFile', { path })} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('files.fileError', { path })}
        permission="slipway.file.read"
        onRetry={query.refetch}
      />
    );
  }
  const file = query.value;
  return (
    <section aria-label={path}>
      <FileFacts file={file} />
      <Tabs
        value={selection.view}
        onChange={(_, view: FileView) => select({ view })}
        indicatorColor="primary"
        aria-label={t('files.views')}
      >
        <Tab value="file" label={t('files.file')} />
        <Tab value="history" label={t('files.history')} />
        {file.text !== undefined && (
          <Tab value="blame" label={t('files.blame')} />
        )}
        <Tab value="compare" label={t('files.compare')} />
      </Tabs>
      <div role="tabpanel" aria-label={t(`files.${selection.view}`)}>
        <View {...props} file={file} />
      </div>
    </section>
  );
}
