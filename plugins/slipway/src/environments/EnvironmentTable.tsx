import TableSortLabel from '@material-ui/core/TableSortLabel';
import type {
  Environment,
  EnvironmentSort,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { ROWS_STEP } from './environmentFilters';
import { EnvironmentRow } from './EnvironmentRow';
import { useTableStyles } from './tableStyles';
import type { EnvironmentFiltersState } from './useEnvironmentFilters';

interface Column {
  label: string;
  sort?: EnvironmentSort;
}

function HeadCell(props: { column: Column } & EnvironmentFiltersState) {
  const { column, filters, change } = props;
  const classes = useTableStyles();
  const t = useText();
  const { label, sort } = column;
  if (!sort) {
    return (
      <div role="columnheader" className={classes.hideNarrow}>
        {label}
      </div>
    );
  }
  const active = filters.sort === sort;
  const direction = active ? filters.order : 'asc';
  const sorted = direction === 'asc' ? 'ascending' : 'descending';
  return (
    <div role="columnheader" aria-sort={active ? sorted : 'none'}>
      <TableSortLabel
        active={active}
        direction={direction}
        aria-label={t('table.sortBy', { column: label })}
        onClick={() =>
          change({
            sort,
            order: active && filters.order === 'asc' ? 'desc' : 'asc',
          })
        }
      >
        {label}
      </TableSortLabel>
    </div>
  );
}

/** The environments, one row each. */
export function EnvironmentTable(
  props: { environments: Environment[] } & EnvironmentFiltersState,
) {
  const { environments, ...state } = props;
  const classes = useTableStyles();
  const t = useText();
  const columns: Column[] = [
    { label: t('environments.stage'), sort: 'stage' },
    { label: t('environments.environment'), sort: 'name' },
    { label: t('environments.deployStatus'), sort: 'deployStatus' },
    { label: t('environments.modulesState'), sort: 'modules' },
    { label: t('environments.version') },
    { label: t('environments.lastChange') },
  ];
  return (
    <div
      role="table"
      className={environments.length > ROWS_STEP ? classes.long : undefined}
      aria-label={
        state.filters.managed
          ? t('environments.list')
          : t('environments.unmanagedTitle')
      }
    >
      <div role="rowgroup">
        <div role="row" className={`${classes.row} ${classes.head}`}>
          {columns.map(column => (
            <HeadCell key={column.label} column={column} {...state} />
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {environments.map(environment => (
          <EnvironmentRow
            key={`${environment.configRepo}/${environment.name}`}
            environment={environment}
          />
        ))}
      </div>
    </div>
  );
}
