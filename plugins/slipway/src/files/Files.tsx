import { useEffect, useMemo } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FileEntry,
  FilePage,
} from '@slipway/backstage-plugin-slipway-common';
import { Draft, DraftBar, useDrafts } from '../editor';
import { FindingAlert } from '../findings';
import { History } from '../history';
import { EmptyPanel, Loaded } from '../states';
import type { LoadedQuery } from '../states';
import { useText } from '../translation';
import { FileBrowser } from './FileBrowser';
import { FilePanel } from './FilePanel';
import type { FileScope } from './fileScope';
import { ModuleRoot } from './fileTree';
import { useDraftedFiles } from './useDraftedFiles';
import { directoryTarget, placeIn } from './targetDirectory';
import { useFileIndex } from './useFileIndex';
import { FileSelectionState, useFileSelection } from './useFileSelection';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(260px, 1fr) minmax(0, 3fr)',
      gap: theme.spacing(2),
      alignItems: 'start',
      [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    },
  }),
  { name: 'SlipwayFiles' },
);

function Chosen(
  props: FileSelectionState & {
    page: FilePage;
    roots: ReadonlyMap<string, ModuleRoot>;
    branch: readonly FileEntry[];
    drafts: readonly Draft[];
  },
) {
  const { page, roots, branch, drafts, selection, select } = props;
  const t = useText();
  const { configRepo, path } = selection;
  if (!configRepo || !path) {
    return (
      <EmptyPanel title={t('files.chooseTitle')} text={t('files.choose')} />
    );
  }
  const directory = page.items.some(
    item => item.configRepo === configRepo && item.path.startsWith(`${path}/`),
  );
  const draft = drafts.find(one => one.configRepo === configRepo);
  const common = { configRepo, path, selection, select };
  const key = `${configRepo}:${path}`;
  return directory ? (
    <DirectoryPanel
      key={key}
      {...common}
      environments={directoryTarget(branch, configRepo, path).environments}
    />
  ) : (
    <FilePanel
      key={key}
      {...common}
      {...placeIn(page.items, roots, configRepo, path)}
      draft={draft}
      branch={branch}
    />
  );
}

function DirectoryPanel(
  props: FileSelectionState & {
    configRepo: string;
    path: string;
    environments: readonly string[];
  },
) {
  const t = useText();
  return (
    <section aria-label={t('history.of', { path: props.path })}>
      <Box component="h2" m={2} fontSize="h6.fontSize">
        {t('history.of', { path: props.path })}
      </Box>
      <History {...props} />
    </section>
  );
}

function LoadedFiles(props: {
  scope: FileScope;
  query: LoadedQuery<FilePage>;
}) {
  const { scope, query } = props;
  const classes = useStyles();
  const t = useText();
  const { selection: parsed, select } = useFileSelection();
  const branch = query.value.items;
  const configRepos = useMemo(
    () => [
      ...new Set(
        query.value.environments.map(environment => environment.configRepo),
      ),
    ],
    [query.value.environments],
  );
  const drafts = useDrafts(configRepos);
  const commits = drafts.reduce((sum, draft) => sum + draft.commits, 0);
  const { refetch } = query;
  useEffect(() => {
    if (commits > 0) {
      refetch();
    }
  }, [commits, refetch]);
  const { items, marks, roots } = useDraftedFiles(branch, drafts);
  const page = useMemo(() => ({ ...query.value, items }), [query.value, items]);
  // On the page of one environment the config repo is known.
  const selection =
    'configRepo' in scope
      ? { ...parsed, configRepo: scope.configRepo }
      : parsed;

  return (
    <>
      {page.findings.map((finding, index) => (
        <Box key={index} mb={1}>
          <FindingAlert finding={finding} />
        </Box>
      ))}
      {page.items.length === 0 ? (
        <EmptyPanel title={t('files.emptyTitle')} text={t('files.empty')} />
      ) : (
        <div className={classes.root}>
          <Paper variant="outlined">
            <FileBrowser
              scope={scope}
              page={page}
              roots={roots}
              branch={branch}
              drafts={drafts}
              marks={marks}
              selection={selection}
              select={select}
            />
          </Paper>
          <Paper variant="outlined">
            <Chosen
              page={page}
              roots={roots}
              branch={branch}
              drafts={drafts}
              selection={selection}
              select={select}
            />
          </Paper>
        </div>
      )}
      {drafts.map(draft => (
        <DraftBar
          key={draft.configRepo}
          draft={draft}
          named={drafts.length > 1}
          onOpen={({ path, type }) =>
            select({
              configRepo: draft.configRepo,
              path,
              view: type === 'delete' ? 'file' : 'edit',
            })
          }
        />
      ))}
    </>
  );
}

/** The files in scope: to find, to read, and to see how they came to be. */
export function Files(props: { scope: FileScope }) {
  const t = useText();
  const query = useFileIndex(props.scope);
  return (
    <Loaded
      query={query}
      loading={{ label: t('files.loading') }}
      failure={{ title: t('files.error'), permission: 'slipway.file.read' }}
    >
      {loaded => <LoadedFiles scope={props.scope} query={loaded} />}
    </Loaded>
  );
}
