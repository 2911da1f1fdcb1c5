import { useRef } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { DataTable } from '../layout';
import { useText } from '../translation';
import type { ListedModule } from './moduleFilters';
import { ModuleRow } from './ModuleRow';
import { useWindowed, WINDOWED_FROM } from './useWindowed';

const ROW_HEIGHT = 54;

const useStyles = makeStyles(
  { scroll: { overflow: 'auto', maxHeight: 'calc(100vh - 160px)' } },
  { name: 'SlipwayModuleTable' },
);

/** Rows out of sight, as one that is as high as they are. */
function Gap(props: { height: number; columns: number }) {
  return props.height > 0 ? (
    <TableBody aria-hidden>
      <TableRow>
        <TableCell
          colSpan={props.columns}
          padding="none"
          style={{ height: props.height }}
        />
      </TableRow>
    </TableBody>
  ) : null;
}

/** The modules as a dense table. */
export function ModuleTable(props: {
  modules: ListedModule[];
  showEnvironment: boolean;
}) {
  const { modules, showEnvironment } = props;
  const classes = useStyles();
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const on = modules.length > WINDOWED_FROM;
  const { rows, before, after, measure } = useWindowed({
    on,
    count: modules.length,
    height: ROW_HEIGHT,
    around: 4,
    scroll,
  });
  const columns = [
    t('module.name'),
    ...(showEnvironment ? [t('module.environment')] : []),
    t('module.health'),
    t('module.sync'),
    t('module.files'),
    t('cluster.heard'),
    t('module.version'),
    t('module.lastChange'),
  ];
  return (
    <TableContainer ref={scroll} className={on ? classes.scroll : undefined}>
      <DataTable
        size="small"
        stickyHeader={on}
        aria-label={t('module.title')}
        aria-rowcount={modules.length + 1}
      >
        <TableHead>
          <TableRow aria-rowindex={1}>
            {columns.map(column => (
              <TableCell key={column} scope="col">
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <Gap height={before} columns={columns.length} />
        {rows.map(row => {
          const { module } = modules[row];
          return (
            <ModuleRow
              key={`${module.configRepo}/${module.environment}/${module.name}`}
              listed={modules[row]}
              showEnvironment={showEnvironment}
              index={row}
              measure={measure}
            />
          );
        })}
        <Gap height={after} columns={columns.length} />
      </DataTable>
    </TableContainer>
  );
}
