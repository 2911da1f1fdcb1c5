import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { EnvironmentPage } from '@slipway/backstage-plugin-slipway-common';
import { ConfigRepoFailure, ConfigRepoLine } from '../configRepos';
import { FindingAlert } from '../findings';
import { Body } from '../layout';
import type { LiveQuery } from '../live';
import { LiveRegion, Loaded } from '../states';
import type { LoadedQuery } from '../states';
import { useText } from '../translation';
import { ROWS_STEP } from './environmentFilters';
import { EnvironmentsEmpty } from './EnvironmentsEmpty';
import { EnvironmentTable } from './EnvironmentTable';
import { EnvironmentToolbar } from './EnvironmentToolbar';
import type { EnvironmentFiltersState } from './useEnvironmentFilters';
import type { EnvironmentScope } from './useEnvironments';

const useStyles = makeStyles(
  theme => ({
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
      marginBottom: theme.spacing(1.5),
    },
    notes: {
      display: 'grid',
      gap: theme.spacing(1),
      '&:not(:empty)': { marginBottom: theme.spacing(2) },
    },
    outdated: { opacity: 0.7 },
    footer: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayEnvironmentsView' },
);

export interface EnvironmentsViewProps extends EnvironmentFiltersState {
  scope: EnvironmentScope;
  query: LiveQuery<EnvironmentPage>;
  /** The config repos' status above the list; left out where the page tells it anyway. */
  showConfigRepos: boolean;
}

function LoadedEnvironments(
  props: EnvironmentsViewProps & {
    query: LoadedQuery<EnvironmentPage>;
  },
) {
  const { query, scope, showConfigRepos, filters, change, clear } = props;
  const classes = useStyles();
  const t = useText();
  const page = query.value;
  const state = { filters, change, clear };
  const pristine =
    page.managed + page.unmanaged === 0 && page.items.length === 0;
  // An annotation that leads nowhere has said what to do already.
  const misled =
    pristine && page.findings.some(({ severity }) => severity === 'error');

  return (
    <>
      <div className={classes.notes}>
        {page.findings.map((finding, index) => (
          <FindingAlert key={index} finding={finding} />
        ))}
        {showConfigRepos &&
          page.configRepos.map(configRepo => (
            <ConfigRepoFailure key={configRepo.name} configRepo={configRepo} />
          ))}
      </div>
      {!misled && (
        <Paper variant="outlined">
          {!pristine && (
            <EnvironmentToolbar
              page={page}
              oneCluster={'cluster' in scope}
              {...state}
            />
          )}
          {page.items.length === 0 ? (
            <EnvironmentsEmpty page={page} scope={scope} {...state} />
          ) : (
            <div
              className={query.outdated ? classes.outdated : undefined}
              aria-busy={query.outdated}
            >
              <EnvironmentTable environments={page.items} {...state} />
            </div>
          )}
          {page.items.length > 0 && (
            <div className={classes.footer}>
              <span role="status">
                {t('environments.shown', {
                  shown: String(page.items.length),
                  total: String(page.total),
                })}
              </span>
              {page.nextCursor && (
                <Button
                  size="small"
                  onClick={() =>
                    change(
                      { rows: page.items.length + ROWS_STEP },
                      { replace: true },
                    )
                  }
                >
                  {t('environments.more')}
                </Button>
              )}
            </div>
          )}
        </Paper>
      )}
      <LiveRegion
        sequence={page.sequence}
        message={t('environments.updated')}
      />
    </>
  );
}

/** The list of environments in whatever state it is. */
export function EnvironmentsView(props: EnvironmentsViewProps) {
  const { query, showConfigRepos, filters } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <Body>
      <section aria-label={t('environments.title')}>
        <div className={classes.header}>
          <Typography variant="h5" component="h2">
            {filters.managed
              ? t('environments.title')
              : t('environments.unmanagedTitle')}
          </Typography>
          {showConfigRepos && query.status === 'loaded' && (
            <Box>
              {query.value.configRepos.map(configRepo => (
                <ConfigRepoLine
                  key={configRepo.name}
                  configRepo={configRepo}
                  onRefreshed={query.refetch}
                />
              ))}
            </Box>
          )}
        </div>
        <EnvironmentsContent {...props} />
      </section>
    </Body>
  );
}

function EnvironmentsContent(props: EnvironmentsViewProps) {
  const { query } = props;
  const t = useText();
  return (
    <Loaded
      query={query}
      loading={{ label: t('environments.loading') }}
      failure={{ title: t('error.environments') }}
    >
      {loaded => <LoadedEnvironments {...props} query={loaded} />}
    </Loaded>
  );
}
