import Box from '@material-ui/core/Box';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  FileContent,
  FileEntry,
} from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import {
  Draft,
  DraftNotice,
  environmentsOf,
  FileActions,
  FileEditor,
  MayChange,
  operationAt,
  useMayChange,
} from '../editor';
import { Blame, History } from '../history';
import { useTabStyles } from '../layout';
import { useLiveQuery } from '../live';
import { errorKind, ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { CompareFile } from './CompareFile';
import { FileFacts } from './FileFacts';
import { FileText } from './FileText';
import { RevisionNotice } from './RevisionNotice';
import type { FileSelectionState, FileView } from './useFileSelection';

export interface FilePanelProps extends FileSelectionState {
  configRepo: string;
  path: string;
  /** The draft of the config repo, where edits go. */
  draft?: Draft;
  /** What the branch holds, as far as the page's scope goes. */
  branch: readonly FileEntry[];
  /** The environment of the file, where the lists know it. */
  environment?: string;
  /** The directory that is the file's module's alone; empty where there is none. */
  directory: string;
}

interface ViewProps extends FilePanelProps {
  file: FileContent | undefined;
  view: FileView;
  mayChange: MayChange;
}

function View(props: ViewProps) {
  const { draft, environment, file, path, selection, select, view } = props;
  if (view === 'edit' && draft) {
    return (
      <FileEditor
        path={path}
        draft={draft}
        operation={operationAt(draft, path)}
        file={file}
        environment={file?.place.environment ?? environment}
        line={selection.line}
      />
    );
  }
  if (!file) {
    return null;
  }
  // What a draft moves has its past where it was.
  const past = { ...props, path: file.path, file };
  switch (view) {
    case 'history':
      return (
        <History
          {...past}
          environments={environmentsOf(file.place)}
          onView={revision => select({ view: 'file', revision })}
        />
      );
    case 'blame':
      return <Blame {...past} />;
    case 'compare':
      return <CompareFile {...past} />;
    default:
      return <FileText file={file} line={selection.line} />;
  }
}

function Views(props: ViewProps) {
  const { file, mayChange, select, view } = props;
  const t = useText();
  const { tab } = useTabStyles();
  const editable = mayChange.status === 'allowed';
  return (
    <>
      {mayChange.status === 'denied' && (
        <Box px={2} pb={1}>
          <Typography variant="caption" color="textSecondary">
            {t('editor.denied', { permission: mayChange.permission })}
          </Typography>
        </Box>
      )}
      <Tabs
        value={view === 'edit' && !editable ? false : view}
        onChange={(_, chosen: FileView) => select({ view: chosen })}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('files.views')}
      >
        {file && <Tab className={tab} value="file" label={t('files.file')} />}
        {editable && (
          <Tab className={tab} value="edit" label={t('editor.edit')} />
        )}
        {file && (
          <Tab className={tab} value="history" label={t('files.history')} />
        )}
        {file?.text !== undefined && (
          <Tab className={tab} value="blame" label={t('files.blame')} />
        )}
        {file && (
          <Tab className={tab} value="compare" label={t('files.compare')} />
        )}
      </Tabs>
      {(view !== 'edit' || editable) && (
        <div
          role="tabpanel"
          aria-label={view === 'edit' ? t('editor.edit') : t(`files.${view}`)}
        >
          <View {...props} />
        </div>
      )}
    </>
  );
}

function LoadedFile(props: FilePanelProps & { file: FileContent | undefined }) {
  const { branch, configRepo, directory, draft, environment, file, path } =
    props;
  const { selection, select } = props;
  const operation = draft && operationAt(draft, path);
  const known = environment ? [environment] : undefined;
  const mayChange = useMayChange(
    configRepo,
    file ? environmentsOf(file.place) : known,
  );
  const allowed = mayChange.status === 'allowed';
  const writable = !file || file.mode === '100644' || file.mode === '100755';
  const view =
    file || selection.view === 'edit' ? selection.view : ('edit' as const);
  return (
    <section aria-label={path}>
      <Box component="h2" m={2} mb={0} fontSize="h6.fontSize">
        {path.slice(path.lastIndexOf('/') + 1)}
      </Box>
      {file ? (
        <FileFacts file={file} />
      ) : (
        <Box p={2}>
          <code>{path}</code>
        </Box>
      )}
      {operation && draft && (
        <DraftNotice
          configRepo={configRepo}
          operation={operation}
          file={file}
          onRestore={() => {
            draft.remove(path);
            const left = operation.from ?? path;
            select(file ? { path: left, view } : { path: undefined });
          }}
        />
      )}
      {draft && allowed && writable && operation?.type !== 'delete' && (
        <FileActions
          path={path}
          draft={draft}
          operation={operation}
          file={file}
          items={branch}
          directory={directory}
          onMoved={moved =>
            select({ path: moved, view: moved ? view : undefined })
          }
        />
      )}
      <Views {...props} view={view} mayChange={mayChange} file={file} />
    </section>
  );
}

/** One file, at the branch head and in the draft: what it is, and the view of it that was chosen. */
export function FilePanel(props: FilePanelProps) {
  const { branch, configRepo, draft, path, selection, select } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const { revision } = selection;
  const operation = draft && operationAt(draft, path);
  const source = operation?.from ?? path;
  const onlyInDraft =
    operation?.type === 'write' &&
    operation.base === undefined &&
    !branch.some(
      item => item.configRepo === configRepo && item.path === source,
    );
  const query = useLiveQuery<FileContent | undefined>({
    // After a commit the branch holds something else.
    key: JSON.stringify([
      configRepo,
      source,
      revision,
      onlyInDraft,
      draft?.commits,
    ]),
    fetch: async () =>
      onlyInDraft
        ? undefined
        : api.readFile(configRepo, {
            path: source,
            ...(revision && { revision }),
          }),
  });
  const loading = <LoadingRows label={t('files.loadingFile', { path })} />;
  if (
    query.status === 'loading' ||
    (query.status === 'loaded' && query.outdated)
  ) {
    return loading;
  }
  if (query.status === 'error') {
    const missing = errorKind(query.error) === 'notFound';
    if (missing && draft && !draft.ready) {
      return loading;
    }
    if (missing && operation && !revision) {
      return <LoadedFile {...props} file={undefined} />;
    }
    return (
      <ErrorState
        error={query.error}
        title={t('files.fileError', { path })}
        permission="slipway.file.read"
        onRetry={query.refetch}
      />
    );
  }
  if (revision && query.value) {
    return (
      <section aria-label={path}>
        <RevisionNotice
          revision={revision}
          onHead={() => select({ view: 'file' })}
        />
        <FileText file={query.value} line={selection.line} />
      </section>
    );
  }
  return <LoadedFile {...props} file={query.value} />;
}
