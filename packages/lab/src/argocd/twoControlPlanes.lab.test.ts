import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import type { ArgoCd } from '../argocd';
import { builtPrograms } from '../build';
import { Portal } from '../conformance/__testUtils__/Portal';
import { file } from '../__testUtils__/manifests';
import { settings } from '../conformance/__testUtils__/manifests';
import { REPOSITORY } from '../conformance/__testUtils__/Subject';
import type { ConfigMap } from '../kubernetes';
import { Lab } from '../lab';
import { until } from '../program';

const ENVIRONMENT = 'prod';
const MODULE = 'web';
const NAMESPACE = 'shop';
/** Each with an Argo CD of its own. */
const CLUSTERS = ['east', 'west'] as const;
type Name = (typeof CLUSTERS)[number];
/** The same on both, and synced only when asked. */
const APPLICATION = `${ENVIRONMENT}-${MODULE}`;
const GREETING = `/api/v1/namespaces/${NAMESPACE}/configmaps/web`;

const repository = {
  '.slipway/repo.yaml': `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${REPOSITORY} }\nspec: {}\n`,
  [`.slipway/environments/${ENVIRONMENT}.yaml`]: `apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${ENVIRONMENT} }
spec:
  targets:
    - { cluster: east, namespace: ${NAMESPACE} }
    - { cluster: west, namespace: ${NAMESPACE} }
`,
};

/** Each Argo CD calls its own cluster `in-cluster`. */
const application = (git: string) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: APPLICATION, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: {
      repoURL: `${git}/${REPOSITORY}.git`,
      targetRevision: 'main',
      path: `${ENVIRONMENT}/${MODULE}`,
    },
    destination: { name: 'in-cluster', namespace: NAMESPACE },
    syncPolicy: { syncOptions: ['CreateNamespace=true'] },
  },
});

describe('an environment on two clusters, each with its own Argo CD', () => {
  let lab: Lab;
  let portal: Portal;
  const argoCds = new Map<Name, ArgoCd>();

  /** Pushes, and has the portal and the engines look, as far as they can be reached. */
  const push = async (
    greeting: string,
    files: Record<string, string> = {},
  ): Promise<string> => {
    const revision = await lab.git.commit(REPOSITORY, 'main', [
      {
        message: 'Change what is delivered',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: new Map(
          Object.entries({
            ...repository,
            ...files,
            [`${ENVIRONMENT}/${MODULE}/web.yaml`]: settings('web', greeting),
          }),
        ),
      },
    ]);
    await portal?.look();
    for (const argoCd of argoCds.values()) await argoCd.refresh(APPLICATION);
    return revision;
  };

  /** What the page shows, once it is so on each cluster; in the order of the targets. */
  const shows = async (
    wanted: Record<Name, (state: ModuleState) => unknown>,
  ): Promise<ModuleState[]> => {
    let last: ModuleState[] = [];
    try {
      return await until(
        async () => {
          last = (await portal.module(ENVIRONMENT, MODULE))?.states ?? [];
          return last.length === CLUSTERS.length &&
            last.every(state => wanted[state.cluster as Name](state))
            ? last
            : undefined;
        },
        { what: 'the page is as wanted', timeoutMs: 60_000, everyMs: 250 },
      );
    } catch (error) {
      throw new Error(`${error}; it is ${JSON.stringify(last)}`);
    }
  };

  const isGoodAt = (revision: string) => (state: ModuleState) =>
    state.health.state === 'Healthy' &&
    state.sync.state === 'Synced' &&
    state.fileSync.state === 'Current' &&
    state.appliedRevision === revision &&
    !state.stale;

  const isUndelivered = ({ fileSync, sync }: ModuleState) =>
    sync.state === 'OutOfSync' && fileSync.state === 'NotDeployed';

  const greetings = () =>
    Promise.all(
      CLUSTERS.map(async name => {
        const { admin } = lab.cluster(name);
        return (await admin.find<ConfigMap>(GREETING))?.data?.greeting;
      }),
    );

  const sync = (cluster?: Name) =>
    portal.sync(ENVIRONMENT, MODULE, { cluster });

  beforeAll(async () => {
    lab = await Lab.create({ programs: await builtPrograms() });
    await lab.git.createRepository(REPOSITORY);
    await lab.addClusters([...CLUSTERS]);
    await push('hello');
    for (const name of CLUSTERS) {
      const cluster = lab.cluster(name);
      const argoCd = await lab.addArgoCd(cluster);
      await cluster.admin.apply(application(lab.git.url));
      argoCds.set(name, argoCd);
    }
    portal = await Portal.start({
      git: lab.git.url,
      clusters: CLUSTERS.map(name => {
        const { caFile, slipwayTokenFile, url } = lab.cluster(name);
        return {
          name,
          engines: ['argocd'],
          auth: {
            type: 'serviceAccount',
            server: url,
            tokenFile: slipwayTokenFile,
            caFile,
          },
        };
      }),
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await lab?.stop();
  });

  it('shows both, and syncs the one that is meant', async () => {
    const revision = await push('hello');
    const states = await shows({ east: isUndelivered, west: isUndelivered });
    expect(
      states.map(({ cluster, engineObjects, namespace }) => ({
        cluster,
        namespace,
        engineObjects,
      })),
    ).toEqual(
      CLUSTERS.map(cluster => ({
        cluster,
        namespace: NAMESPACE,
        engineObjects: [
          {
            engine: 'argocd',
            cluster,
            namespace: 'argocd',
            name: APPLICATION,
          },
        ],
      })),
    );

    await sync('west');
    await shows({ east: isUndelivered, west: isGoodAt(revision) });
    expect(await greetings()).toEqual([undefined, 'hello']);
    await sync('east');
    await shows({ east: isGoodAt(revision), west: isGoodAt(revision) });
    expect(await greetings()).toEqual(['hello', 'hello']);
  });

  it('keeps telling the truth of one while the other is cut off', async () => {
    await lab.cluster('east').link.cut();
    const revision = await push('servus');
    await shows({
      east: ({ stale }) => stale,
      west: ({ stale, sync: { state } }) => !stale && state === 'OutOfSync',
    });

    // It says which one took it.
    const taken = `taken by west/argocd/argocd/${APPLICATION}`;
    await expect(sync()).rejects.toMatchObject({
      body: { error: { message: expect.stringContaining(taken) } },
    });
    const [east] = await shows({
      east: ({ stale }) => stale,
      west: isGoodAt(revision),
    });
    expect(await greetings()).toEqual(['hello', 'servus']);
    // As it was last told; only Git has moved on.
    expect(east).toMatchObject({
      health: { state: 'Healthy' },
      sync: { state: 'Synced' },
      fileSync: { state: 'Behind', commits: 1 },
    });

    await lab.cluster('east').link.restore();
    await shows({
      east: ({ stale, sync: { state } }) => !stale && state === 'OutOfSync',
      west: isGoodAt(revision),
    });
    await sync('east');
    await shows({ east: isGoodAt(revision), west: isGoodAt(revision) });
    expect(await greetings()).toEqual(['servus', 'servus']);
  });

  it('names what made an Application, on whichever cluster that is', async () => {
    const [east, west] = CLUSTERS.map(name => lab.cluster(name));
    await argoCds.get('east')!.addRemote(west);
    const git = lab.git.url;
    await push('servus', { 'apps/web.yaml': file(application(git)) });
    const root = (destination: string) => {
      const { spec, ...rest } = application(git);
      return {
        ...rest,
        metadata: { name: 'root', namespace: 'argocd' },
        spec: {
          ...spec,
          source: { ...spec.source, path: 'apps' },
          destination: { name: destination, namespace: 'argocd' },
          syncPolicy: { automated: {} },
        },
      };
    };
    await east.admin.apply(root(west.name));
    // A namesake that delivers to nobody.
    await west.admin.apply(root('nowhere'));

    const made = await until(
      async () => {
        const objects = await portal.engineObjects(ENVIRONMENT, MODULE);
        return objects.some(({ madeBy }) => madeBy?.cluster)
          ? objects
          : undefined;
      },
      { what: 'the page names the maker', timeoutMs: 60_000, everyMs: 250 },
    );
    expect(made.map(({ madeBy, ref }) => [ref.cluster, madeBy])).toEqual([
      ['east', undefined],
      [
        'west',
        {
          kind: 'Application',
          name: 'root',
          namespace: 'argocd',
          cluster: 'east',
        },
      ],
    ]);
  });
});
