import { useMemo } from 'react';
import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FileContent } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { DiffOf } from '../history';
import { useUniqueId } from '../layout';
import { useLiveQuery } from '../live';
import { EmptyPanel, ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { counterparts } from './counterparts';
import { useDeployedRevisions } from './useDeployedRevisions';
import type { FileSelectionState } from './useFileSelection';

const MAX_FILES = 2_000;
const MAX_CLUSTERS = 3;

/** What a choice stands for: no path begins with a slash. */
const DEPLOYED = '/deployed/';

/** The first few of what may be thirty. */
function clustersText(clusters: readonly string[]): string {
  const shown = clusters.slice(0, MAX_CLUSTERS).join(', ');
  const more = clusters.length - MAX_CLUSTERS;
  return more > 0 ? `${shown} +${more}` : shown;
}

interface CompareFileProps extends FileSelectionState {
  configRepo: string;
  path: string;
  file: FileContent;
}

/** A file beside what its engine applied, or beside the same file in another environment, and what differs. */
export function CompareFile(props: CompareFileProps) {
  const { configRepo, path, file, selection, select } = props;
  const api = useApi(slipwayApiRef);
  const t = useText();
  const id = useUniqueId('compare');
  const { environment, module } = file.place;
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, path, environment, module]),
    fetch: async () =>
      environment && module
        ? (
            await api.listFiles({
              configRepo: [configRepo],
              module: [module],
              search: path.slice(path.lastIndexOf('/') + 1),
              limit: MAX_FILES,
            })
          ).items
        : [],
  });
  const deployed = useDeployedRevisions(file);
  const items = query.status === 'loaded' ? query.value : undefined;
  const others = useMemo(
    () => counterparts(items ?? [], path, environment),
    [items, path, environment],
  );

  if (query.status === 'loading' || !deployed) {
    return <LoadingRows label={t('files.loading')} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('files.compareError')}
        permission="slipway.file.read"
        onRetry={query.refetch}
      />
    );
  }
  if (others.length === 0 && deployed.length === 0) {
    return (
      <EmptyPanel
        title={t('files.compareNoneTitle')}
        text={t('files.compareNone')}
      />
    );
  }
  const other = others.find(candidate => candidate.path === selection.other);
  const target = deployed.find(({ clusters }) =>
    clusters.includes(selection.deployed ?? ''),
  );
  const chosen = target ? `${DEPLOYED}${target.clusters[0]}` : other?.path;
  const compared = target
    ? { path, fromRevision: target.revision }
    : other && { path, fromPath: other.path };
  return (
    <>
      <Box m={2}>
        <TextField
          select
          id={id}
          size="small"
          variant="outlined"
          style={{ minWidth: 240 }}
          label={t('files.compareWith')}
          value={chosen ?? ''}
          SelectProps={{ SelectDisplayProps: { 'aria-haspopup': 'listbox' } }}
          onChange={({ target: { value } }) =>
            select(
              value.startsWith(DEPLOYED)
                ? { view: 'compare', deployed: value.slice(DEPLOYED.length) }
                : { view: 'compare', other: value },
            )
          }
        >
          {deployed.map(({ clusters, revision }) => (
            <MenuItem key={revision} value={`${DEPLOYED}${clusters[0]}`}>
              {t('files.compareDeployed', {
                cluster: clustersText(clusters),
                revision: revision.slice(0, 7),
              })}
            </MenuItem>
          ))}
          {others.map(candidate => (
            <MenuItem key={candidate.path} value={candidate.path}>
              {candidate.environment}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      {compared ? (
        <DiffOf key={chosen} configRepo={configRepo} query={compared} />
      ) : (
        <Box m={2}>{t('files.compareChoose')}</Box>
      )}
    </>
  );
}
