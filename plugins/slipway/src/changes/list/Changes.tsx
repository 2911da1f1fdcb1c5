import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ChangePage } from '@slipway/backstage-plugin-slipway-common';
import { FindingAlert } from '../../findings';
import { EmptyPanel, LiveRegion, Loaded } from '../../states';
import type { LoadedQuery } from '../../states';
import { useText } from '../../translation';
import { ChangeFilters, CHANGE_ROWS, isNarrowed } from './changeFilters';
import type { ChangeColumns } from './ChangeRow';
import { ChangesToolbar } from './ChangesToolbar';
import { ChangeTable } from './ChangeTable';
import { FilesLink } from './FilesLink';
import { useChangeFilters } from './useChangeFilters';
import { ChangeScope, useChanges } from './useChanges';

const useStyles = makeStyles(
  theme => ({
    outdated: { opacity: 0.7 },
    footer: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 2),
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayChanges' },
);

function moduleColumn(scope: ChangeScope): ChangeColumns['modules'] {
  if ('module' in scope && scope.module) {
    return 'none';
  }
  return 'environment' in scope && scope.environment ? 'inEnvironment' : 'all';
}

function LoadedChanges(props: {
  scope: ChangeScope;
  query: LoadedQuery<ChangePage>;
  filters: ChangeFilters;
  change: (patch: Partial<ChangeFilters>) => void;
}) {
  const { change, filters, query, scope } = props;
  const { findings, items, nextCursor, sequence } = query.value;
  const classes = useStyles();
  const t = useText();
  const narrowed = isNarrowed(filters);
  return (
    <>
      {findings.map((finding, index) => (
        <FindingAlert key={index} finding={finding} />
      ))}
      {(items.length > 0 || narrowed) && (
        <ChangesToolbar
          filters={filters}
          onChange={change}
          onClear={() => change({ search: '', states: [], kinds: [] })}
        />
      )}
      {items.length === 0 && !narrowed && (
        <EmptyPanel title={t('changes.emptyTitle')} text={t('changes.empty')}>
          <FilesLink scope={scope} />
        </EmptyPanel>
      )}
      {items.length === 0 && narrowed && (
        <EmptyPanel title={t('empty.matchTitle')} text={t('changes.noMatch')} />
      )}
      {items.length > 0 && (
        <div
          className={query.outdated ? classes.outdated : undefined}
          aria-busy={query.outdated}
        >
          <ChangeTable changes={items} modules={moduleColumn(scope)} />
          <div className={classes.footer}>
            <span role="status">
              {t('changes.shown', { shown: String(items.length) })}
            </span>
            {nextCursor && (
              <Button
                size="small"
                onClick={() => change({ rows: filters.rows + CHANGE_ROWS })}
              >
                {t('changes.more')}
              </Button>
            )}
          </div>
        </div>
      )}
      <LiveRegion sequence={sequence} message={t('changes.updated')} />
    </>
  );
}

/** The changes in scope, newest first, with everything that a person may ask of the list. */
export function Changes(props: { scope: ChangeScope }) {
  const { scope } = props;
  const t = useText();
  const { filters, change } = useChangeFilters();
  const query = useChanges(scope, filters);
  return (
    <Loaded
      query={query}
      loading={{ label: t('changes.loading') }}
      failure={{ title: t('changes.error') }}
    >
      {loaded => (
        <LoadedChanges
          scope={scope}
          query={loaded}
          filters={filters}
          change={change}
        />
      )}
    </Loaded>
  );
}
