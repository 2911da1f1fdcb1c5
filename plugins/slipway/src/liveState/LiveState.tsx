import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { SharedNotes } from '../modules/SharedNotes';
import { TargetSelect } from '../modules/TargetSelect';
import { EmptyPanel, LiveRegion, Loaded } from '../states';
import { engineObjectName } from '../status';
import { useText } from '../translation';
import { EngineObjectComparison } from './EngineObjectComparison';
import { useModuleLive } from './useModuleLive';

const useStyles = makeStyles(
  theme => ({
    toolbar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1.5),
      padding: theme.spacing(2, 2, 0),
    },
    target: { minWidth: 180, marginRight: 'auto' },
    outdated: { opacity: 0.6 },
  }),
  { name: 'SlipwayLiveState' },
);

/** What the clusters have of a module against what Git declares, and so what a sync would do. */
export function LiveState(props: { details: ModuleDetails }) {
  const { details } = props;
  const classes = useStyles();
  const t = useText();
  const [cluster, setCluster] = useState('');
  const query = useModuleLive(details, cluster);
  return (
    <Loaded
      query={query}
      loading={{ label: t('live.loading') }}
      failure={{
        title: t('live.failed'),
        permission: 'slipway.file.read',
        missing: t('live.denied'),
      }}
    >
      {({ outdated, refetch, value }) => (
        <>
          <div className={classes.toolbar}>
            <TargetSelect
              details={details}
              className={classes.target}
              cluster={cluster}
              onChange={setCluster}
            />
            <Button size="small" onClick={refetch} disabled={outdated}>
              {t('live.again')}
            </Button>
          </div>
          <SharedNotes details={details} />
          {value.items.length === 0 ? (
            <EmptyPanel title={t('live.emptyTitle')} text={t('live.empty')} />
          ) : (
            <div
              className={outdated ? classes.outdated : undefined}
              aria-busy={outdated}
            >
              {value.items.map(item => (
                <EngineObjectComparison
                  key={engineObjectName(item.engineObject)}
                  item={item}
                />
              ))}
            </div>
          )}
          <LiveRegion sequence={value.sequence} message={t('live.updated')} />
        </>
      )}
    </Loaded>
  );
}
