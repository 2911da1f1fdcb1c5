import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import type { EnvironmentPage } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { deployStates, isNarrowed } from './environmentFilters';
import { MultiSelect } from './MultiSelect';
import { SearchField } from './SearchField';
import type { EnvironmentFiltersState } from './useEnvironmentFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2),
    },
    chips: { display: 'flex', gap: theme.spacing(1) },
    chip: { margin: 0 },
    grow: { flex: 1 },
  }),
  { name: 'SlipwayEnvironmentToolbar' },
);

/** Managed or unmanaged, search and filters. */
export function EnvironmentToolbar(
  props: {
    page: EnvironmentPage;
    /** All of them are on one cluster. */
    oneCluster: boolean;
  } & EnvironmentFiltersState,
) {
  const { page, filters, change, clear, oneCluster } = props;
  const classes = useStyles();
  const t = useText();
  const chip = (managed: boolean, label: string) => (
    <Chip
      className={classes.chip}
      label={label}
      clickable
      color={filters.managed === managed ? 'primary' : 'default'}
      variant={filters.managed === managed ? 'default' : 'outlined'}
      aria-pressed={filters.managed === managed}
      onClick={() => change({ managed })}
    />
  );
  return (
    <div className={classes.root}>
      <div
        role="group"
        aria-label={t('environments.view')}
        className={classes.chips}
      >
        {chip(
          true,
          t('environments.managed', { number: String(page.managed) }),
        )}
        {chip(
          false,
          t('environments.unmanaged', { number: String(page.unmanaged) }),
        )}
      </div>
      <div className={classes.grow} />
      <SearchField
        value={filters.search}
        onChange={search => change({ search }, { replace: true })}
      />
      <MultiSelect
        label={t('environments.stage')}
        options={page.facets.stages.map(stage => ({
          value: stage,
          label: stage,
        }))}
        selected={filters.stages}
        onChange={stages => change({ stages })}
      />
      {!oneCluster && (
        <MultiSelect
          label={t('environments.cluster')}
          options={page.facets.clusters.map(({ name, title }) => ({
            value: name,
            label: title && title !== name ? `${title} (${name})` : name,
          }))}
          selected={filters.clusters}
          onChange={clusters => change({ clusters })}
        />
      )}
      <MultiSelect
        label={t('environments.state')}
        options={deployStates
          .filter(
            state =>
              page.facets.deployStatus[state] ||
              filters.deployStates.includes(state),
          )
          .map(state => ({
            value: state,
            label: `${t(`deployState.${state}`)} (${
              page.facets.deployStatus[state] ?? 0
            })`,
          }))}
        selected={filters.deployStates}
        onChange={selected =>
          change({
            deployStates: deployStates.filter(state =>
              selected.includes(state),
            ),
          })
        }
      />
      {isNarrowed(filters) && (
        <Button size="small" onClick={clear}>
          {t('empty.clear')}
        </Button>
      )}
    </div>
  );
}
