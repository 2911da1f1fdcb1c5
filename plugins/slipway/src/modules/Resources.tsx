import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ModuleDetails,
  ModuleResourcePage,
} from '@slipway/backstage-plugin-slipway-common';
import { MultiSelect, Option } from '../environments/MultiSelect';
import { SearchField } from '../environments/SearchField';
import { EmptyPanel, LiveRegion, Loaded } from '../states';
import { reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { moduleRefOf } from './moduleRefOf';
import { RESOURCE_ROWS, ResourceFilters } from './resourceFilters';
import { ResourceTable } from './ResourceTable';
import { SharedNotes } from './SharedNotes';
import { useResourceFilters, useResources } from './useResources';

const useStyles = makeStyles(
  theme => ({
    toolbar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
    },
    footer: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 2),
      color: theme.palette.textSubtle,
    },
    outdated: { opacity: 0.6 },
  }),
  { name: 'SlipwayResources' },
);

function optionsOf(counts: { [value: string]: number }): Option[] {
  return Object.entries(counts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([value, count]) => ({ value, label: `${value} (${count})` }));
}

function Toolbar(props: {
  page: ModuleResourcePage;
  filters: ResourceFilters;
  narrowed: boolean;
  onChange: (patch: Partial<ResourceFilters>) => void;
  onClear: () => void;
}) {
  const { page, filters, narrowed, onChange, onClear } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.toolbar}>
      <SearchField
        value={filters.search}
        hint={t('resource.search')}
        onChange={search => onChange({ search })}
      />
      <MultiSelect
        label={t('resource.kind')}
        options={optionsOf(page.facets.kinds)}
        selected={filters.kinds}
        onChange={kinds => onChange({ kinds })}
      />
      <MultiSelect
        label={t('resource.state')}
        options={optionsOf(page.facets.states)}
        selected={filters.states}
        onChange={states => onChange({ states })}
      />
      {narrowed && (
        <Button size="small" onClick={onClear}>
          {t('empty.clear')}
        </Button>
      )}
    </div>
  );
}

/** The module's resource table with its filters. */
export function Resources(props: { details: ModuleDetails }) {
  const { details } = props;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const { filters, change } = useResourceFilters();
  const query = useResources(moduleRefOf(details.module), filters);
  return (
    <Loaded
      query={query}
      loading={{ label: t('resource.loading') }}
      failure={{ title: t('resource.failed') }}
    >
      {({ outdated, value: page }) => {
        const narrowed = Boolean(
          filters.search || filters.kinds.length || filters.states.length,
        );
        const clear = () => change({ search: '', kinds: [], states: [] });
        if (page.items.length === 0 && !narrowed) {
          return (
            <EmptyPanel
              title={t('resource.emptyTitle')}
              text={
                page.reason
                  ? reasonText(t, page.reason, language)
                  : t('resource.empty')
              }
            />
          );
        }
        return (
          <>
            <SharedNotes details={details} />
            <Toolbar
              page={page}
              filters={filters}
              narrowed={narrowed}
              onChange={change}
              onClear={clear}
            />
            {page.items.length === 0 ? (
              <EmptyPanel
                title={t('empty.matchTitle')}
                text={t('resource.match')}
              />
            ) : (
              <div
                className={outdated ? classes.outdated : undefined}
                aria-busy={outdated}
              >
                <ResourceTable
                  resources={page.items}
                  filters={filters}
                  onChange={change}
                />
                <div className={classes.footer}>
                  <span role="status">
                    {t('resource.shown', {
                      shown: String(page.items.length),
                      total: String(page.total),
                    })}
                  </span>
                  {page.nextCursor && (
                    <Button
                      size="small"
                      onClick={() =>
                        change({ rows: filters.rows + RESOURCE_ROWS })
                      }
                    >
                      {t('resource.more')}
                    </Button>
                  )}
                </div>
              </div>
            )}
            <LiveRegion
              sequence={page.sequence}
              message={t('resource.updated')}
            />
          </>
        );
      }}
    </Loaded>
  );
}
