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
import type { FilePanelProps } from './FilePanel';

const MAX_FILES = 2_000;

/** The same file in another environment, and what differs. */
export function CompareFile(props: FilePanelProps & { file: FileContent }) {
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
  const items = query.status === 'loaded' ? query.value : undefined;
  const others = useMemo(
    () => counterparts(items ?? [], path, environment),
    [items, path, environment],
  );

  if (query.status === 'loading') {
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
  if (others.length === 0) {
    return (
      <EmptyPanel
        title={t('files.compareNoneTitle')}
        text={t('files.compareNone')}
      />
    );
  }
  const other = others.find(candidate => candidate.path === selection.other);
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
          value={other?.path ?? ''}
          SelectProps={{ SelectDisplayProps: { 'aria-haspopup': 'listbox' } }}
          onChange={event =>
            select({ view: 'compare', other: event.target.value })
          }
        >
          {others.map(candidate => (
            <MenuItem key={candidate.path} value={candidate.path}>
              {candidate.environment}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      {other ? (
        <DiffOf
          key={other.path}
          configRepo={configRepo}
          query={{ path, fromPath: other.path }}
        />
      ) : (
        <Box m={2}>{t('files.compareChoose')}</Box>
      )}
    </>
  );
}
