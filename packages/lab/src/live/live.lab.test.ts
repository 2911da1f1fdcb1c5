import type { ArgoCd } from '../argocd';
import { builtPrograms } from '../build';
import { argoCdApplication } from '../conformance/__testUtils__/argoCdApplication';
import {
  deployment,
  environmentFile,
  hook,
  settings,
} from '../conformance/__testUtils__/manifests';
import { Portal } from '../conformance/__testUtils__/Portal';
import { REPOSITORY } from '../conformance/__testUtils__/Subject';
import type { Flux } from '../flux';
import type { Cluster } from '../kubernetes';
import { Lab } from '../lab';
import { plans, says as portalSays } from './__testUtils__/plans';

const MODULE = 'web';
const BY_HAND = 'engineer-by-hand';
const PASSWORD = 'correct-horse-battery';

const secret = `apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: ${PASSWORD} }
`;

let lab: Lab;
let argoCd: ArgoCd;
let flux: Flux;
/** One that is given Argo CD's own API, and one that is not. */
let withApi: Portal;
let withoutApi: Portal;

async function commit(files: Record<string, string | undefined>) {
  const revision = await lab.git.commit(REPOSITORY, 'main', [
    {
      message: 'Change what is delivered',
      author: { name: 'engineer', email: 'engineer@example.com' },
      date: new Date(),
      files: new Map(Object.entries(files)),
    },
  ]);
  await Promise.all([withApi?.look(), withoutApi?.look()]);
  return revision;
}

function clusterConfig(cluster: Cluster, engine: string, settingsOf?: object) {
  return {
    name: cluster.name,
    engines: [engine],
    auth: {
      type: 'serviceAccount',
      server: cluster.url,
      tokenFile: cluster.slipwayTokenFile,
      caFile: cluster.caFile,
    },
    ...settingsOf,
  };
}

const says = (
  portal: Portal,
  environment: string,
  wanted: Parameters<typeof portalSays>[2],
) => portalSays(portal, { environment, module: MODULE }, wanted);

beforeAll(async () => {
  lab = await Lab.create({ programs: await builtPrograms() });
  await lab.git.createRepository(REPOSITORY);
  await lab.addClusters(['argocd', 'flux']);
  argoCd = await lab.addArgoCd(lab.cluster('argocd'));
  flux = await lab.addFlux(lab.cluster('flux'));
  const initial = (environment: string) => ({
    [`.slipway/environments/${environment}.yaml`]: environmentFile(
      environment,
      `live-${environment}`,
    ),
    [`${environment}/${MODULE}/settings.yaml`]: settings('changes', 'hello'),
    [`${environment}/${MODULE}/goes.yaml`]: settings('goes', 'bye'),
    [`${environment}/${MODULE}/stays.yaml`]: settings('stays', 'always'),
    [`${environment}/${MODULE}/deployment.yaml`]: deployment(),
    [`${environment}/${MODULE}/hook.yaml`]: hook(),
  });
  await commit({
    '.slipway/repo.yaml': `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${REPOSITORY} }\nspec: {}\n`,
    ...initial('argocd'),
    ...initial('flux'),
    [`argocd/${MODULE}/secret.yaml`]: secret,
  });
  const clusters = (api?: object) => [
    clusterConfig(lab.cluster('argocd'), 'argocd', api && { argocd: { api } }),
    clusterConfig(lab.cluster('flux'), 'flux'),
  ];
  const git = lab.git.url;
  const api = { url: argoCd.url, token: argoCd.readerToken };
  withApi = await Portal.start({ git, clusters: clusters(api) });
  withoutApi = await Portal.start({ git, clusters: clusters() });
});

afterAll(async () => {
  await withApi?.stop();
  await withoutApi?.stop();
  await lab?.stop();
});

async function scaleByHand(cluster: Cluster, namespace: string) {
  await cluster.admin.mergePatch(
    `/apis/apps/v1/namespaces/${namespace}/deployments/web?fieldManager=${BY_HAND}`,
    { spec: { replicas: 3 } },
  );
}

const drift = {
  kind: 'Deployment',
  state: 'Changed',
  differences: [{ path: 'spec.replicas', left: '3', right: '1' }],
  managers: expect.arrayContaining([
    expect.objectContaining({ manager: BY_HAND, paths: ['spec.replicas'] }),
  ]),
};

describe('what is live against Git', () => {
  it('is what Argo CD then does, by its own API and by plain manifests', async () => {
    const name = `argocd-${MODULE}`;
    const application = argoCdApplication({
      subject: 'argocd',
      module: MODULE,
      namespace: 'live-argocd',
      git: lab.git.url,
      automated: false,
    });
    const { admin } = argoCd.cluster;
    await admin.apply(application);

    // Nothing is there yet.
    const everything = [
      'ConfigMap/changes',
      'ConfigMap/goes',
      'ConfigMap/stays',
      'Deployment/web',
    ];
    await argoCd.waitForApplication(
      name,
      ({ status }) => status?.sync?.status === 'OutOfSync',
    );
    const first = await says(
      withApi,
      'argocd',
      plans({ created: [...everything, 'Secret/db'] }),
    );
    expect(first).toMatchObject({ source: 'engine', hooksKnown: true });
    expect(first.objects).toContainEqual(
      expect.objectContaining({ name: 'migrate', hookType: 'PreSync' }),
    );
    await withApi.sync('argocd', MODULE);
    await argoCd.waitForApplication(
      name,
      ({ status }) =>
        status?.sync?.status === 'Synced' &&
        status.operationState?.phase === 'Succeeded',
    );
    await says(withApi, 'argocd', plans({}));
    // Secrets are not among what deploy/rbac-live.yaml lets it read.
    const plain = await says(
      withoutApi,
      'argocd',
      plans({ unknown: ['Secret/db'] }),
    );
    expect(plain.source).toBe('git');
    expect(
      plain.objects.find(({ kind }) => kind === 'Secret')?.reason?.code,
    ).toBe('forbidden');

    await scaleByHand(argoCd.cluster, 'live-argocd');
    await admin.mergePatch(
      '/api/v1/namespaces/live-argocd/secrets/db?fieldManager=x',
      { stringData: { password: 'changed-by-hand' } },
    );
    const changed = ['Deployment/web', 'Secret/db'];
    await argoCd.refresh(name);
    const [told, seen] = await Promise.all([
      says(withApi, 'argocd', plans({ changed })),
      says(
        withoutApi,
        'argocd',
        plans({ changed: ['Deployment/web'], unknown: ['Secret/db'] }),
      ),
    ]);
    for (const { objects } of [told, seen]) {
      expect(objects.find(({ kind }) => kind === 'Deployment')).toMatchObject(
        drift,
      );
    }
    const shown = JSON.stringify([told, seen]);
    for (const value of [PASSWORD, 'changed-by-hand']) {
      expect(shown).not.toContain(value);
      expect(shown).not.toContain(Buffer.from(value).toString('base64'));
    }

    const revision = await commit({
      [`argocd/${MODULE}/settings.yaml`]: settings('changes', 'hi'),
      [`argocd/${MODULE}/goes.yaml`]: undefined,
      [`argocd/${MODULE}/comes.yaml`]: settings('comes', 'new'),
    });
    const planned = {
      created: ['ConfigMap/comes'],
      changed: ['ConfigMap/changes', 'Deployment/web', 'Secret/db'],
      pruned: ['ConfigMap/goes'],
    };
    await says(
      withoutApi,
      'argocd',
      plans({
        ...planned,
        changed: ['ConfigMap/changes', 'Deployment/web'],
        unknown: ['Secret/db'],
      }),
    );
    await argoCd.refresh(name);
    const plan = await says(withApi, 'argocd', plans(planned));
    expect(plan).toMatchObject({ commit: revision, source: 'engine' });

    await withApi.sync('argocd', MODULE, { prune: true });
    const { status } = await argoCd.waitForApplication(
      name,
      ({ status: now }) =>
        now?.sync?.status === 'Synced' &&
        now.operationState?.phase === 'Succeeded' &&
        now.operationState.syncResult?.revision === revision,
    );
    const rows = status?.operationState?.syncResult?.resources ?? [];
    const did = (message: RegExp) =>
      rows
        .filter(row => !row.hookType && message.test(row.message ?? ''))
        .map(row => `${row.kind}/${row.name}`)
        .filter(row => !row.startsWith('Namespace'))
        .sort();
    expect({
      created: did(/ created$/),
      changed: did(/ configured$/),
      pruned: did(/^pruned$/),
    }).toEqual(planned);
    expect(
      rows.filter(row => row.hookType === 'PreSync' && row.kind === 'Job'),
    ).toHaveLength(1);
    await says(withApi, 'argocd', plans({}));
    await says(withoutApi, 'argocd', plans({ unknown: ['Secret/db'] }));
  });

  it('is what Flux then does', async () => {
    const { cluster } = flux;
    const namespace = 'live-flux';
    const object = async (name: string) =>
      cluster.admin.find(`/api/v1/namespaces/${namespace}/configmaps/${name}`);
    await cluster.admin.apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: REPOSITORY, namespace: 'flux-system' },
        spec: {
          interval: '10m',
          url: `${lab.git.url}/${REPOSITORY}.git`,
          ref: { branch: 'main' },
        },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: MODULE, namespace: 'flux-system' },
        spec: {
          interval: '10m',
          timeout: '1m',
          sourceRef: { kind: 'GitRepository', name: REPOSITORY },
          path: `./flux/${MODULE}`,
          targetNamespace: namespace,
          prune: true,
        },
      },
    ]);
    const item = await says(
      withoutApi,
      'flux',
      one => one.objects.length === 5 && plans({})(one),
    );
    expect(item).toMatchObject({ source: 'git', prunes: true });

    await withoutApi.sync('flux', MODULE, { type: 'suspend' });
    await scaleByHand(cluster, namespace);
    const seen = await says(
      withoutApi,
      'flux',
      plans({ changed: ['Deployment/web'] }),
    );
    expect(seen.objects[0]).toMatchObject(drift);

    await commit({
      [`flux/${MODULE}/settings.yaml`]: settings('changes', 'hi'),
      [`flux/${MODULE}/goes.yaml`]: undefined,
      [`flux/${MODULE}/comes.yaml`]: settings('comes', 'new'),
    });
    await says(
      withoutApi,
      'flux',
      plans({
        created: ['ConfigMap/comes'],
        changed: ['ConfigMap/changes', 'Deployment/web'],
        pruned: ['ConfigMap/goes'],
      }),
    );
    expect(await object('comes')).toBeUndefined();
    const before = await object('stays');
    await withoutApi.sync('flux', MODULE, { type: 'resume' });
    await withoutApi.sync('flux', MODULE);
    await says(withoutApi, 'flux', plans({}));
    expect(await object('comes')).toMatchObject({ data: { greeting: 'new' } });
    expect(await object('changes')).toMatchObject({ data: { greeting: 'hi' } });
    expect(await object('goes')).toBeUndefined();
    expect((await object('stays'))?.metadata.resourceVersion).toBe(
      before?.metadata.resourceVersion,
    );
  });

  it('asks API servers only to get single objects', async () => {
    const requests = await lab.cluster('argocd').requests();
    const ofObjects = requests.filter(
      ({ user, uri }) =>
        user.includes('slipway') && /configmaps|deployments|secrets/.test(uri),
    );
    expect(ofObjects.length).toBeGreaterThan(0);
    expect([...new Set(ofObjects.map(({ verb }) => verb))]).toEqual(['get']);
  });
});
