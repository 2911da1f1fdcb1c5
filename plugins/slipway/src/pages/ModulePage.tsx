import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useRouteRef, useRouteRefParams } from '@backstage/frontend-plugin-api';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { Changes } from '../changes/list';
import { Deployments } from '../deployments';
import { Files } from '../files';
import { useFileSelection } from '../files/useFileSelection';
import { History } from '../history';
import { Section } from '../layout';
import { LiveState } from '../liveState';
import {
  ModuleActions,
  ModuleFacts,
  ModuleMarks,
  ModuleProblems,
  ModuleTab,
  ModuleTabs,
  ModuleTargets,
  Resources,
  useModule,
} from '../modules';
import { environmentRouteRef, moduleRouteRef } from '../routes';
import { LiveRegion } from '../states';
import { useText } from '../translation';
import { DetailPage } from './DetailPage';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
      marginBottom: theme.spacing(2),
      fontSize: theme.typography.body1.fontSize,
    },
  }),
  { name: 'SlipwayModulePage' },
);

function LoadedModule(props: { details: ModuleDetails; onAsked: () => void }) {
  const { details, onAsked } = props;
  const { module } = details;
  const classes = useStyles();
  const t = useText();
  const { selection, select } = useFileSelection();
  const { configRepo, environment, name } = module;
  const scope = useMemo(
    () => ({ configRepo, environment, module: name }),
    [configRepo, environment, name],
  );
  const tabs: ModuleTab[] = [
    {
      name: 'resources',
      title: t('modulePage.resources'),
      content: (
        <Section titleHidden title={t('modulePage.resources')}>
          <Resources details={details} />
        </Section>
      ),
    },
    {
      name: 'live',
      title: t('live.title'),
      content: (
        <Section titleHidden title={t('live.title')}>
          <LiveState details={details} />
        </Section>
      ),
    },
    {
      name: 'files',
      title: t('files.title'),
      params: { repo: configRepo, file: module.path },
      content: <Files scope={scope} />,
    },
    {
      name: 'history',
      title: t('modulePage.history'),
      content: (
        <Section titleHidden title={t('modulePage.history')}>
          <History
            configRepo={configRepo}
            path={module.path}
            environments={[environment]}
            selection={selection}
            select={select}
          />
        </Section>
      ),
    },
    {
      name: 'deployments',
      title: t('deployments.title'),
      content: (
        <Section titleHidden title={t('deployments.title')}>
          <Deployments moduleRef={scope} />
        </Section>
      ),
    },
    {
      name: 'changes',
      title: t('changes.title'),
      content: (
        <Section titleHidden title={t('changes.title')}>
          <Changes scope={scope} />
        </Section>
      ),
    },
  ];
  return (
    <>
      <div className={classes.head}>
        <ModuleMarks states={module.states} ages />
        <ModuleActions details={details} onAsked={onAsked} />
      </div>
      <ModuleProblems details={details} />
      <Section padded>
        <ModuleFacts details={details} />
      </Section>
      {module.states.length > 1 && (
        <Section title={t('environment.targets')}>
          <ModuleTargets states={module.states} />
        </Section>
      )}
      <ModuleTabs tabs={tabs} />
    </>
  );
}

/** One module of an environment: how it is and why, its resources, its files and their history, what landed in it and the changes of it. */
export function ModulePage() {
  const ref = useRouteRefParams(moduleRouteRef);
  const { configRepo, environment } = ref;
  const t = useText();
  const link = useRouteRef(environmentRouteRef);
  const query = useModule(ref);
  const up = link?.({ configRepo, environment });
  const details = query.status === 'loaded' ? query.value : undefined;
  return (
    <DetailPage
      query={query}
      title={details?.module.title ?? ref.module}
      of={{ title: details?.environmentTitle ?? environment, link: up }}
      loading={{ label: t('modulePage.loading') }}
      failure={{
        title: t('error.module'),
        missing: t('error.noModule', { environment, module: ref.module }),
        goOn: t('error.goToEnvironment'),
      }}
    >
      {(value, refetch) => (
        <>
          <LoadedModule details={value} onAsked={refetch} />
          <LiveRegion
            sequence={value.sequence}
            message={t('modulePage.updated')}
          />
        </>
      )}
    </DetailPage>
  );
}
