import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ModuleResource,
  ResourceSort,
} from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { engineObjectName, ResourceStatus, StateMark } from '../status';
import { useText } from '../translation';
import { hookText } from './hookText';
import { nextSort, ResourceFilters } from './resourceFilters';

const useStyles = makeStyles(
  theme => ({
    message: { minWidth: 240, overflowWrap: 'anywhere' },
    subtle: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
    // Rows out of sight cost no layout.
    row: { contentVisibility: 'auto', containIntrinsicSize: 'auto 37px' },
  }),
  { name: 'SlipwayResourceTable' },
);

function HeadCell(props: {
  label: string;
  sort?: ResourceSort;
  filters: ResourceFilters;
  onChange: (patch: Partial<ResourceFilters>) => void;
}) {
  const { label, sort, filters, onChange } = props;
  const t = useText();
  if (!sort) {
    return <TableCell scope="col">{label}</TableCell>;
  }
  const active = filters.sort === sort;
  return (
    <TableCell scope="col" sortDirection={active ? filters.order : false}>
      <TableSortLabel
        active={active}
        direction={active ? filters.order : 'asc'}
        aria-label={t('table.sortBy', { column: label })}
        onClick={() => onChange(nextSort(filters, sort))}
      >
        {label}
      </TableSortLabel>
    </TableCell>
  );
}

function ResourceRow(props: { resource: ModuleResource; several: boolean }) {
  const { resource, several } = props;
  const classes = useStyles();
  const t = useText();
  const { engineObject, group, health, kind, message, name, version } =
    resource;
  return (
    <TableRow hover className={classes.row}>
      <TableCell title={[group, version, kind].filter(Boolean).join('/')}>
        {kind}
      </TableCell>
      <TableCell>{resource.namespace}</TableCell>
      <TableCell component="th" scope="row" variant="body">
        {name}
        {several && (
          <div className={classes.subtle}>{engineObjectName(engineObject)}</div>
        )}
      </TableCell>
      <TableCell>
        {resource.status && (
          <StateMark
            of="resource"
            state={resource.status as ResourceStatus}
            detail={resource.requiresPruning && t('resource.prune')}
          />
        )}
      </TableCell>
      <TableCell>{hookText(t, resource)}</TableCell>
      <TableCell>
        {health && <StateMark of="health" state={health} />}
      </TableCell>
      <TableCell className={classes.message}>{message}</TableCell>
    </TableRow>
  );
}

/** What the sync engine did with each resource, and how it is now. */
export function ResourceTable(props: {
  resources: ModuleResource[];
  filters: ResourceFilters;
  onChange: (patch: Partial<ResourceFilters>) => void;
}) {
  const { resources, filters, onChange } = props;
  const t = useText();
  const columns: Array<{ label: string; sort?: ResourceSort }> = [
    { label: t('resource.kind'), sort: 'kind' },
    { label: t('resource.namespace'), sort: 'namespace' },
    { label: t('resource.name'), sort: 'name' },
    { label: t('resource.status'), sort: 'status' },
    { label: t('resource.hook') },
    { label: t('resource.health'), sort: 'health' },
    { label: t('resource.message') },
  ];
  const keyOf = ({
    engineObject,
    group,
    kind,
    name,
    namespace,
  }: ModuleResource) =>
    [
      engineObject.cluster,
      engineObject.namespace,
      engineObject.name,
      group,
      kind,
      namespace,
      name,
    ].join('/');
  const several =
    new Set(resources.map(({ engineObject }) => JSON.stringify(engineObject)))
      .size > 1;
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('resource.list')}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <HeadCell
                key={column.label}
                {...column}
                filters={filters}
                onChange={onChange}
              />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {resources.map((resource, index) => (
            <ResourceRow
              // A hook that ran twice in one sync has two rows.
              key={`${keyOf(resource)}/${resource.syncPhase}/${index}`}
              resource={resource}
              several={several}
            />
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
