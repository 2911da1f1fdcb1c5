import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';
import { LiveRegion, Loaded } from '../states';
import { useText } from '../translation';
import { ComparisonResult } from './ComparisonResult';

const useStyles = makeStyles(
  { outdated: { opacity: 0.7 } },
  { name: 'SlipwayComparison' },
);

/** What differs between two environments, in whatever state it is. */
export function Comparison(props: {
  configRepo: string;
  environment: string;
  other: string;
}) {
  const { configRepo, environment, other } = props;
  const api = useApi(slipwayApiRef);
  const classes = useStyles();
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([configRepo, environment, other]),
    fetch: () => api.compareEnvironments({ configRepo, environment, other }),
  });
  return (
    <Loaded
      query={query}
      loading={{ label: t('compare.loading') }}
      failure={{ title: t('compare.error'), permission: 'slipway.file.read' }}
    >
      {({ outdated, value }) => (
        <>
          <div
            className={outdated ? classes.outdated : undefined}
            aria-busy={outdated}
          >
            <ComparisonResult
              // What was opened belongs to this pair.
              key={`${value.left.name}/${value.right.name}`}
              configRepo={configRepo}
              comparison={value}
            />
          </div>
          <LiveRegion sequence={value.commit} message={t('compare.updated')} />
        </>
      )}
    </Loaded>
  );
}
