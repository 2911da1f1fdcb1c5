import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { builtPrograms } from '../build';
import { Portal } from '../conformance/__testUtils__/Portal';
import { REPOSITORY } from '../conformance/__testUtils__/Subject';
import type { Cluster } from '../kubernetes';
import { Lab } from '../lab';
import { repositoryFiles } from '../portal/__testUtils__/PortalLab';
import { until } from '../program';
import { installFlux, NAMESPACE } from './installFlux';

const NAME = 'edge';
const ROLE = '/apis/rbac.authorization.k8s.io/v1/clusterroles/slipway-flux';
const KUSTOMIZATIONS = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${NAMESPACE}/kustomizations`;
const SOURCES = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${NAMESPACE}`;
const AT = '2026-11-22T08:00:00Z';
const CHART = '1.0.0+1';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** Takes any content: the definition of the controller, which the lab does not have, is not needed to read it. */
const HELM_RELEASES = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'helmreleases.helm.toolkit.fluxcd.io' },
  spec: {
    group: 'helm.toolkit.fluxcd.io',
    names: { kind: 'HelmRelease', plural: 'helmreleases' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v2',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

const ready = {
  type: 'Ready',
  status: 'True',
  reason: 'Succeeded',
  message: 'done',
  lastTransitionTime: AT,
  observedGeneration: 1,
};

const status = (revision: string, more = {}) => ({
  status: {
    observedGeneration: 1,
    conditions: [ready],
    artifact: {
      digest: `sha256:${'0'.repeat(64)}`,
      lastUpdateTime: AT,
      path: 'artifact.tar.gz',
      revision,
      url: 'http://source.test/artifact.tar.gz',
    },
    ...more,
  },
});

const kustomization = (name: string) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    interval: '10m',
    path: `./${NAME}/${name}`,
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'ops' },
    targetNamespace: NAME,
  },
});

const chart = {
  chart: `./${NAME}/redis`,
  reconcileStrategy: 'Revision',
  sourceRef: { kind: 'GitRepository', name: 'ops' },
};

const helmRelease = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'redis', namespace: NAMESPACE },
  spec: { interval: '10m', targetNamespace: NAME, chart: { spec: chart } },
  status: {
    observedGeneration: 1,
    lastAttemptedGeneration: 1,
    lastAttemptedRevision: CHART,
    helmChart: `${NAMESPACE}/redis`,
    conditions: [ready],
    history: [
      {
        name: 'redis',
        namespace: NAME,
        version: 1,
        status: 'deployed',
        chartName: 'redis',
        chartVersion: CHART,
        firstDeployed: AT,
        lastDeployed: AT,
      },
    ],
  },
};

describe('a kind of Flux that a portal may not read', () => {
  let lab: Lab;
  let cluster: Cluster;
  let knex: Knex;
  let portal: Portal | undefined;

  const start = () =>
    Portal.start({
      git: lab.git.url,
      knex,
      clusters: [
        {
          name: NAME,
          engines: ['flux'],
          auth: { type: 'kubeconfig', file: cluster.slipwayKubeconfig },
        },
      ],
    });

  /** `health sync fileSync`, with reasons, of each module; or that nothing delivers it. */
  async function shown() {
    const all: Record<string, string> = {};
    for (const name of ['web', 'doomed', 'redis']) {
      const state = (await portal!.module(NAME, name))?.state;
      all[name] = state?.engineObjects.length
        ? [state.health, state.sync, state.fileSync]
            .map(one => [one.state, one.reason?.code].filter(Boolean).join(' '))
            .join(', ')
        : 'none';
    }
    return all;
  }

  async function shows(expected: Record<string, string>) {
    let last: Record<string, string> | undefined;
    try {
      await until(
        async () => {
          last = await shown();
          return Object.entries(expected).every(
            ([name, words]) => last?.[name] === words,
          );
        },
        { what: 'the modules are so', timeoutMs: 90_000 },
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`);
    }
  }

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    const programs = await builtPrograms();
    lab = await Lab.create({ programs });
    cluster = await lab.addCluster(NAME);
    const { admin } = cluster;
    await installFlux(admin, programs);
    await admin.apply(HELM_RELEASES);
    await lab.git.createRepository(REPOSITORY);
    const commit = await lab.git.commit(REPOSITORY, 'main', [
      {
        message: 'Deliver what there is',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: repositoryFiles(
          REPOSITORY,
          ['web', 'doomed', 'redis'].map(module => `${NAME}/${module}`),
        ),
      },
    ]);
    const source = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      metadata: { name: 'ops', namespace: NAMESPACE },
    };
    await admin.apply([
      {
        ...source,
        kind: 'GitRepository',
        spec: {
          interval: '10m',
          url: lab.git.repositoryUrl(REPOSITORY),
          ref: { branch: 'main' },
        },
      },
      {
        ...source,
        kind: 'HelmChart',
        metadata: { name: 'redis', namespace: NAMESPACE },
        spec: { interval: '10m', ...chart },
      },
      kustomization('web'),
      kustomization('doomed'),
      helmRelease,
    ]);
    const revision = `main@sha1:${commit}`;
    await admin.mergePatch(
      `${SOURCES}/gitrepositories/ops/status`,
      status(revision),
    );
    await admin.mergePatch(
      `${SOURCES}/helmcharts/redis/status`,
      status(CHART, { observedSourceArtifactRevision: revision }),
    );
    for (const name of ['web', 'doomed']) {
      await admin.mergePatch(`${KUSTOMIZATIONS}/${name}/status`, {
        status: {
          observedGeneration: 1,
          conditions: [ready],
          lastAppliedRevision: revision,
          lastAttemptedRevision: revision,
        },
      });
    }
  });

  afterAll(async () => {
    await portal?.stop();
    await lab?.stop();
  });

  it('loses nothing it cannot see, keeps nothing that is gone, and calls neither fresh, over a restart', async () => {
    const good = 'Healthy healthNotChecked, Synced, Current';
    const released = 'Healthy, Synced, Current';
    portal = await start();
    await shows({ web: good, doomed: good, redis: released });
    await portal.stop();
    portal = undefined;

    const { rules } = await cluster.admin.get<{
      rules: Array<{ resources: string[] }>;
    }>(ROLE);
    await cluster.admin.mergePatch(ROLE, {
      rules: rules.filter(
        ({ resources }) => !resources.includes('helmreleases'),
      ),
    });
    await cluster.admin.delete(`${KUSTOMIZATIONS}/doomed`);
    portal = await start();
    const unread = 'Unknown forbidden, Unknown forbidden, Unknown forbidden';
    await shows({ web: good, doomed: 'none', redis: unread });
    const [engine] = (await portal.cluster(NAME)).engines;
    expect(engine).toMatchObject({
      connection: 'Connected',
      reason: { code: 'kindsUnreadable', params: { kinds: 'HelmRelease' } },
    });

    await cluster.admin.mergePatch(ROLE, { rules });
    await shows({ web: good, redis: released });
  });
});
