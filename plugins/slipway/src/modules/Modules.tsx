import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Button from '@material-ui/core/Button';
import { useSearchParams } from 'react-router-dom';
import { DataTable } from '../layout';
import { EmptyPanel, ErrorState, LoadingRows, StaleNote } from '../states';
import { useText } from '../translation';
import { filterModules, moduleFilterNames } from './moduleFilters';
import { ModuleFilters } from './ModuleFilters';
import { ModuleRow } from './ModuleRow';
import { useModules } from './useModules';

/** The modules of an environment, each with its states. */
export function Modules(props: { configRepo: string; environment: string }) {
  const t = useText();
  const query = useModules(props.configRepo, props.environment);
  const [params, setParams] = useSearchParams();
  const change = (values: { [name: string]: string }) =>
    setParams(current => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(values)) {
        if (value) {
          next.set(name, value);
        } else {
          next.delete(name);
        }
      }
      return next;
    });

  if (query.status === 'loading') {
    return <LoadingRows label={t('module.name')} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('error.modules')}
        permission="slipway.environment.read"
        onRetry={query.refetch}
      />
    );
  }
  const { items } = query.value;
  if (items.length === 0) {
    return (
      <EmptyPanel title={t('empty.modulesTitle')} text={t('empty.modules')} />
    );
  }
  const shown = filterModules(items, params);
  return (
    <>
      {query.refetchError && (
        <StaleNote
          error={query.refetchError}
          loadedAt={query.loadedAt}
          onRetry={query.refetch}
        />
      )}
      <ModuleFilters
        params={params}
        onChange={(name, value) => change({ [name]: value })}
      />
      {shown.length === 0 ? (
        <EmptyPanel
          title={t('empty.matchTitle')}
          text={t('empty.modulesMatch')}
        >
          <Button
            variant="outlined"
            onClick={() =>
              change(
                Object.fromEntries(moduleFilterNames.map(name => [name, ''])),
              )
            }
          >
            {t('empty.clear')}
          </Button>
        </EmptyPanel>
      ) : (
        <TableContainer>
          <DataTable size="small" aria-label={t('environment.modules')}>
            <TableHead>
              <TableRow>
                <TableCell scope="col">{t('module.name')}</TableCell>
                <TableCell scope="col">{t('module.health')}</TableCell>
                <TableCell scope="col">{t('module.sync')}</TableCell>
                <TableCell scope="col">{t('module.files')}</TableCell>
                <TableCell scope="col">{t('cluster.heard')}</TableCell>
                <TableCell scope="col">{t('module.images')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {shown.map(module => (
                <ModuleRow key={module.name} module={module} />
              ))}
            </TableBody>
          </DataTable>
        </TableContainer>
      )}
    </>
  );
}
