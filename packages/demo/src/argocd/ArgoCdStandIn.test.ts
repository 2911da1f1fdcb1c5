import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { GitServer } from '../git';
import { DemoCluster, HEALTH_ANNOTATION } from '../kubernetes';
import { ArgoCdStandIn } from './ArgoCdStandIn';
import { SECRET_TYPE_LABEL } from './destination';
import { createGitSource } from './GitSource';
import { KubernetesClient } from './KubernetesClient';
import { Application, KubernetesObject } from './types';

jest.setTimeout(300_000);

const HOME = 'https://kubernetes.default.svc';
const author = { name: 'engineer', email: 'engineer@example.com' };

function manifest(
  apiVersion: string,
  kind: string,
  name: string,
  more: object = {},
  metadata: object = {},
): string {
  return `${JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, ...metadata },
    ...more,
  })}\n`;
}
const deployment = (name: string, image: string, replicas = 1) =>
  manifest('apps/v1', 'Deployment', name, {
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image }] },
      },
    },
  });
const configMap = (name: string, data: object) =>
  manifest('v1', 'ConfigMap', name, { data });
const hook = (name: string, phase: string, annotations: object = {}) =>
  manifest(
    'batch/v1',
    'Job',
    name,
    {
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name, image: 'registry.example/job:1' }],
          },
        },
      },
    },
    { annotations: { 'argocd.argoproj.io/hook': phase, ...annotations } },
  );

describe('ArgoCdStandIn', () => {
  let folder: string;
  let git: GitServer;
  let center: DemoCluster;
  let edge: DemoCluster;
  let standIn: ArgoCdStandIn;
  let client: KubernetesClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-argocd-'));
    git = await GitServer.create({ root: folder, port: 0 });
    await git.createRepository('ops');
    center = await DemoCluster.create({ name: 'center', workloadDelay: 40 });
    edge = await DemoCluster.create({ name: 'edge', workloadDelay: 40 });
    client = KubernetesClient.create({ url: center.url });
    await create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'argocd' },
    });
    const encode = (text: string) => Buffer.from(text).toString('base64');
    await create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'edge',
        namespace: 'argocd',
        labels: { [SECRET_TYPE_LABEL]: 'cluster' },
      },
      data: { name: encode('edge'), server: encode(edge.url) },
    });
    await push({ 'README.md': 'ops' });
    standIn = await ArgoCdStandIn.create({
      cluster: { name: 'center', url: center.url },
      git: createGitSource(git),
      selfHealMilliseconds: 0,
      retryMilliseconds: 10,
    });
  });
  afterEach(async () => {
    await standIn.stop();
    await Promise.all([center.stop(), edge.stop(), git.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  function push(
    files: Record<string, string | undefined>,
    message = 'Change',
  ): Promise<string> {
    return git.commit('ops', 'main', [
      {
        message,
        author,
        date: new Date(),
        files: new Map(Object.entries(files)),
      },
    ]);
  }
  async function create(object: KubernetesObject) {
    return client.create(
      await client.resource(object.apiVersion, object.kind),
      object,
    );
  }
  async function createApplication(
    name: string,
    spec: Partial<Application['spec']> = {},
    metadata: object = {},
  ) {
    return create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd', ...metadata },
      spec: {
        project: 'default',
        source: {
          repoURL: git.repositoryUrl('ops'),
          path: name,
          targetRevision: 'main',
        },
        destination: { server: HOME, namespace: 'dev' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=true'],
        },
        ...spec,
      },
    });
  }
  async function patchApplication(name: string, patch: object) {
    const resource = await client.resource(
      'argoproj.io/v1alpha1',
      'Application',
    );
    return client.mergePatch(
      resource,
      { metadata: { name, namespace: 'argocd' } },
      patch,
    );
  }
  /** The Application as the API tells it, once it is as wished. */
  async function until(
    name: string,
    isWished: (status: NonNullable<Application['status']>) => boolean,
  ): Promise<Application> {
    const resource = await client.resource(
      'argoproj.io/v1alpha1',
      'Application',
    );
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { items } = await client.list(resource, 'argocd');
      const found = items.find(({ metadata }) => metadata.name === name) as
        | Application
        | undefined;
      if (found?.status && isWished(found.status)) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${name} is ${JSON.stringify(found?.status, undefined, 1)}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 15));
    }
  }
  const isFine =
    (revision: string) => (status: NonNullable<Application['status']>) =>
      status.sync?.status === 'Synced' &&
      status.sync.revision === revision &&
      status.health?.status === 'Healthy' &&
      status.operationState?.phase === 'Succeeded' &&
      Boolean(status.operationState.finishedAt);
  async function liveObject(
    kind: string,
    name: string,
    namespace = 'dev',
    of = client,
  ) {
    const apiVersion =
      {
        Deployment: 'apps/v1',
        Job: 'batch/v1',
        Application: 'argoproj.io/v1alpha1',
      }[kind] ?? 'v1';
    const { items } = await of.list(
      await of.resource(apiVersion, kind),
      namespace,
    );
    return items.find(({ metadata }) => metadata.name === name);
  }

  it('follows Git: sync with hooks, update, prune, broken manifests, unrelated commits', async () => {
    const first = await push({
      'api/config.json': configMap('settings', { A: '1', B: '2' }),
      'api/deployment.yaml': deployment('api', 'registry.example/api:1.0.0'),
      'api/before.yaml': hook('before', 'PreSync'),
      'api/after.yaml': hook('after', 'PostSync'),
    });
    await createApplication('api');
    const { status } = await until('api', isFine(first));
    const source = {
      repoURL: git.repositoryUrl('ops'),
      path: 'api',
      targetRevision: 'main',
    };
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const sync = (
      syncPhase: string,
      kind: string,
      name: string,
      message: string,
      more: object = {},
    ) => ({
      group: '',
      hookPhase: 'Succeeded',
      kind,
      message,
      name,
      namespace: 'dev',
      status: 'Synced',
      syncPhase,
      version: 'v1',
      ...more,
    });
    const job = (syncPhase: string, name: string) =>
      sync(
        syncPhase,
        'Job',
        name,
        'Reached expected number of succeeded pods',
        {
          group: 'batch',
          hookType: syncPhase,
          images: ['registry.example/job:1'],
        },
      );
    // Field for field what Argo CD 3.5 wrote of such an Application.
    expect(status).toEqual({
      controllerNamespace: 'argocd',
      health: { lastTransitionTime: time, status: 'Healthy' },
      history: [
        {
          deployStartedAt: time,
          deployedAt: time,
          id: 0,
          initiatedBy: { automated: true },
          revision: first,
          source,
        },
      ],
      operationState: {
        finishedAt: time,
        message: 'successfully synced (no more tasks)',
        operation: {
          initiatedBy: { automated: true },
          retry: { limit: 5 },
          sync: {
            prune: true,
            revision: first,
            source,
            syncOptions: ['CreateNamespace=true'],
          },
        },
        phase: 'Succeeded',
        startedAt: time,
        syncResult: {
          resources: [
            sync('PreSync', 'Namespace', 'dev', 'namespace/dev created', {
              namespace: '',
              hookPhase: 'Running',
            }),
            job('PreSync', 'before'),
            sync('Sync', 'ConfigMap', 'settings', 'configmap/settings created'),
            sync('Sync', 'Deployment', 'api', 'deployment.apps/api created', {
              group: 'apps',
              images: ['registry.example/api:1.0.0'],
            }),
            job('PostSync', 'after'),
          ],
          revision: first,
          source,
        },
      },
      reconciledAt: time,
      resourceHealthSource: 'appTree',
      resources: [
        {
          kind: 'ConfigMap',
          name: 'settings',
          namespace: 'dev',
          status: 'Synced',
          version: 'v1',
        },
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'api',
          namespace: 'dev',
          status: 'Synced',
          version: 'v1',
        },
        {
          group: 'batch',
          hook: true,
          kind: 'Job',
          name: 'after',
          namespace: 'dev',
          requiresPruning: true,
          version: 'v1',
        },
        {
          group: 'batch',
          hook: true,
          kind: 'Job',
          name: 'before',
          namespace: 'dev',
          requiresPruning: true,
          version: 'v1',
        },
      ],
      sourceHydrator: {},
      sourceType: 'Directory',
      summary: {
        images: ['registry.example/api:1.0.0', 'registry.example/job:1'],
      },
      sync: {
        comparedTo: { destination: { namespace: 'dev', server: HOME }, source },
        revision: first,
        status: 'Synced',
      },
    });

    const second = await push({
      'api/config.json': configMap('settings', { A: '3' }),
      'api/before.yaml': undefined,
      'api/after.yaml': undefined,
      'api/extra.yaml': configMap('extra', { C: '1' }),
    });
    const updated = await until('api', isFine(second));
    expect(
      updated.status!.operationState!.syncResult!.resources!.map(
        ({ message }) => message,
      ),
    ).toEqual([
      'configmap/extra created',
      'configmap/settings configured',
      'deployment.apps/api unchanged',
    ]);
    expect(updated.status!.operationState!.message).toBe(
      'successfully synced (all tasks run)',
    );
    expect(
      updated.status!.history!.map(({ id, revision }) => [id, revision]),
    ).toEqual([
      [0, first],
      [1, second],
    ]);
    // What a manifest no longer declares goes; what nobody ever declared stays.
    expect((await liveObject('ConfigMap', 'settings'))?.data).toEqual({
      A: '3',
    });

    const third = await push({ 'api/extra.yaml': undefined });
    const pruned = await until('api', isFine(third));
    expect(pruned.status!.operationState!.syncResult!.resources).toContainEqual(
      expect.objectContaining({
        name: 'extra',
        status: 'Pruned',
        message: 'pruned',
        hookPhase: 'Succeeded',
      }),
    );
    expect(await liveObject('ConfigMap', 'extra')).toBeUndefined();

    await push({
      'api/config.json':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: [\n',
    });
    const broken = await until('api', ({ conditions }) => Boolean(conditions));
    expect(broken.status).toMatchObject({
      conditions: [
        {
          type: 'ComparisonError',
          message: expect.stringMatching(
            /^Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = FailedPrecondition desc = Failed to unmarshal "config.json"/,
          ),
          lastTransitionTime: time,
        },
      ],
      // As the real one: health is not taken back.
      health: { status: 'Healthy' },
      sync: { status: 'Unknown' },
      operationState: { phase: 'Succeeded' },
    });
    expect(broken.status!.sync!.revision).toBe('main');
    expect(broken.status!.sourceType).toBeUndefined();
    expect(
      broken.status!.resources!.find(({ name }) => name === 'api'),
    ).toMatchObject({ status: 'Unknown' });

    const fourth = await push({
      'api/config.json': configMap('settings', { A: '3' }),
    });
    const mended = await until('api', isFine(fourth));
    expect(mended.status!.conditions).toBeUndefined();
    const fifth = await push({ 'other/file.txt': 'unrelated' });
    const moved = await until('api', isFine(fifth));
    expect(moved.status!.history!.at(-1)!.revision).toBe(third);

    // Nothing new, nothing written; a refresh is answered and its annotation taken away.
    await push(
      { 'api/config.json': configMap('settings', { A: '3' }) },
      'Nothing',
    );
    await until('api', ({ sync: state }) => state!.revision !== fifth);
    const quiet = await liveObject('Application', 'api', 'argocd');
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(
      (await liveObject('Application', 'api', 'argocd'))?.metadata
        .resourceVersion,
    ).toBe(quiet?.metadata.resourceVersion);
    await new Promise(resolve => setTimeout(resolve, 1000));
    await patchApplication('api', {
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    });
    const refreshed = await until(
      'api',
      ({ reconciledAt }) =>
        reconciledAt !== (quiet as Application).status!.reconciledAt,
    );
    expect(
      refreshed.metadata.annotations?.['argocd.argoproj.io/refresh'],
    ).toBeUndefined();
  });

  it('heals drift, shows bad health, runs manual operations and gives up as Argo CD does', async () => {
    const first = await push({
      'web/deployment.yaml': deployment('web', 'registry.example/web:1', 2),
      'manual/config.yaml': configMap('manual', { A: '1' }),
      'failing/job.yaml': hook('migrate', 'PreSync', {
        [HEALTH_ANNOTATION]: 'degraded',
      }),
      'failing/config.yaml': configMap('failing', { A: '1' }),
      'failing/alarm.yaml': hook('alarm', 'SyncFail', {
        'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
      }),
      'strange/thing.yaml': manifest('example.com/v1', 'Thing', 'strange'),
    });
    await createApplication('web');
    await until('web', isFine(first));
    const deployments = await client.resource('apps/v1', 'Deployment');
    const web = { metadata: { name: 'web', namespace: 'dev' } };
    await client.mergePatch(deployments, web, { spec: { replicas: 5 } });
    const healed = await until('web', ({ operationState, sync }) =>
      Boolean(
        operationState?.operation.sync?.autoHealAttemptsCount &&
          operationState.finishedAt &&
          sync?.status === 'Synced',
      ),
    );
    expect(healed.status!.operationState).toMatchObject({
      operation: {
        sync: {
          resources: [{ group: 'apps', kind: 'Deployment', name: 'web' }],
        },
      },
      syncResult: {
        resources: [{ message: 'deployment.apps/web configured' }],
      },
    });
    expect(healed.status!.history).toHaveLength(1);

    standIn.holdSelfHeal('web', true);
    await client.mergePatch(deployments, web, { spec: { replicas: 5 } });
    await until('web', ({ sync }) => sync?.status === 'OutOfSync');
    await new Promise(resolve => setTimeout(resolve, 150));
    expect((await liveObject('Deployment', 'web'))?.spec).toMatchObject({
      replicas: 5,
    });
    standIn.holdSelfHeal('web', false);
    await until('web', isFine(first));

    for (const [mood, health] of [
      ['degraded', 'Degraded'],
      ['progressing', 'Progressing'],
      [null, 'Healthy'],
    ] as const) {
      await client.mergePatch(deployments, web, {
        metadata: { annotations: { [HEALTH_ANNOTATION]: mood } },
      });
      const shown = await until(
        'web',
        ({ health: state }) => state?.status === health,
      );
      expect(shown.status!.sync!.status).toBe('Synced');
    }

    await createApplication('manual', {
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    });
    const waiting = await until(
      'manual',
      ({ sync }) => sync?.status === 'OutOfSync',
    );
    expect(waiting.status).toMatchObject({
      health: { status: 'Missing' },
      resources: [{ name: 'manual', status: 'OutOfSync' }],
    });
    expect(waiting.status!.operationState).toBeUndefined();
    await patchApplication('manual', {
      operation: {
        initiatedBy: { username: 'operator' },
        sync: { revision: first },
      },
    });
    const done = await until('manual', isFine(first));
    expect(done.operation).toBeUndefined();
    expect(done.status!.operationState!.operation).toEqual({
      initiatedBy: { username: 'operator' },
      sync: { revision: first },
    });
    expect(done.status!.history).toMatchObject([
      { initiatedBy: { username: 'operator' }, revision: first },
    ]);
    await push({
      'manual/config.yaml': undefined,
      'manual/other.yaml': configMap('other', { A: '1' }),
    });
    await until('manual', ({ sync }) => sync?.status === 'OutOfSync');
    await patchApplication('manual', { operation: { sync: {} } });
    const kept = await until(
      'manual',
      ({ operationState }) =>
        operationState?.syncResult?.resources?.length === 2 &&
        Boolean(operationState.finishedAt),
    );
    expect(kept.status!.operationState!.syncResult!.resources).toContainEqual(
      expect.objectContaining({
        name: 'manual',
        status: 'PruneSkipped',
        message: 'ignored (requires pruning)',
      }),
    );

    await createApplication('failing', {
      syncPolicy: {
        automated: {},
        retry: { limit: 1 },
        syncOptions: ['CreateNamespace=true'],
      },
    });
    const failed = await until('failing', ({ conditions }) =>
      Boolean(conditions),
    );
    expect(failed.status).toMatchObject({
      conditions: [
        {
          type: 'SyncError',
          message: expect.stringMatching(
            /^Failed last sync attempt to \[[0-9a-f]{40}\]: one or more synchronization tasks/,
          ),
        },
      ],
      operationState: {
        phase: 'Failed',
        retryCount: 1,
        message:
          'one or more synchronization tasks completed unsuccessfully (retried 1 times).',
        syncResult: {
          resources: [
            {
              name: 'migrate',
              hookPhase: 'Failed',
              hookType: 'PreSync',
              message: 'Job has reached the specified backoff limit',
            },
            { name: 'alarm', hookPhase: 'Succeeded', hookType: 'SyncFail' },
          ],
        },
      },
      sync: { status: 'OutOfSync' },
    });
    expect(failed.status!.history).toBeUndefined();
    expect(await liveObject('Job', 'alarm')).toBeUndefined();
    expect(await liveObject('ConfigMap', 'failing')).toBeUndefined();

    await createApplication('strange', {
      syncPolicy: { automated: {}, retry: { limit: 0 } },
    });
    const strange = await until(
      'strange',
      ({ operationState }) => operationState?.phase === 'Failed',
    );
    expect(
      strange.status!.operationState!.syncResult!.resources![0],
    ).toMatchObject({
      status: 'SyncFailed',
      hookPhase: 'Failed',
      message: expect.stringContaining(
        'The Kubernetes API could not find example.com/Thing',
      ),
    });
  });

  it('brings Applications in, serves remote clusters, and says what it cannot reach', async () => {
    const child = (name: string, spec: object) =>
      manifest(
        'argoproj.io/v1alpha1',
        'Application',
        name,
        { spec },
        {
          namespace: 'argocd',
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
      );
    const policy = {
      automated: { prune: true, selfHeal: true, allowEmpty: true },
      syncOptions: ['CreateNamespace=true'],
    };
    const repoURL = git.repositoryUrl('ops');
    const first = await push({
      'apps/remote.yaml': child('remote', {
        project: 'default',
        source: { repoURL, path: 'all', directory: { recurse: true } },
        destination: { name: 'edge', namespace: 'shop' },
        syncPolicy: policy,
      }),
      'apps/several.yaml': child('several', {
        project: 'default',
        sources: [
          { repoURL, path: 'overlay', targetRevision: 'main' },
          { repoURL, ref: 'values', targetRevision: 'main' },
        ],
        destination: { server: HOME, namespace: 'dev' },
        syncPolicy: policy,
      }),
      'apps/lost.yaml': child('lost', {
        project: 'default',
        source: { repoURL, path: 'all' },
        destination: { name: 'nowhere', namespace: 'x' },
        syncPolicy: policy,
      }),
      'all/cart/deployment.yaml': deployment('cart', 'registry.example/cart:1'),
      'all/web/deployment.yaml': deployment('web', 'registry.example/web:1'),
      'overlay/kustomization.yaml':
        'resources: [../base]\nimages: [{ name: registry.example/api, newTag: "2" }]\n',
      'base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'base/deployment.yaml': deployment('api', 'registry.example/api'),
    });
    await createApplication('apps', {
      destination: { server: HOME, namespace: 'argocd' },
      syncPolicy: policy,
    });
    await until('apps', isFine(first));
    const remote = await until('remote', isFine(first));
    expect(
      remote.status!.resources!.map(
        ({ name, namespace }) => `${namespace}/${name}`,
      ),
    ).toEqual(['shop/cart', 'shop/web']);
    const edgeClient = KubernetesClient.create({ url: edge.url });
    expect(
      (await liveObject('Deployment', 'cart', 'shop', edgeClient))?.metadata
        .annotations,
    ).toMatchObject({
      'argocd.argoproj.io/tracking-id': 'remote:apps/Deployment:shop/cart',
    });
    const several = await until(
      'several',
      ({ operationState, health }) =>
        health?.status === 'Healthy' && operationState?.phase === 'Succeeded',
    );
    expect(several.status).toMatchObject({
      sourceTypes: ['Kustomize', ''],
      sync: {
        revisions: [first, first],
        comparedTo: { sources: [{ path: 'overlay' }, { ref: 'values' }] },
      },
      history: [{ revisions: [first, first] }],
      summary: { images: ['registry.example/api:2'] },
    });
    expect(several.status!.sync!.revision).toBeUndefined();
    const lost = await until('lost', ({ conditions }) => Boolean(conditions));
    expect(lost.status).toMatchObject({
      conditions: [
        {
          type: 'InvalidSpecError',
          message: expect.stringContaining(
            'no clusters with this name: nowhere',
          ),
        },
      ],
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
    });

    await edge.setFault({ type: 'offline' });
    await push({
      'all/cart/deployment.yaml': deployment('cart', 'registry.example/cart:2'),
    });
    const unreachable = await until('remote', ({ conditions }) =>
      Boolean(conditions),
    );
    expect(unreachable.status).toMatchObject({
      conditions: [
        {
          type: 'ComparisonError',
          message: expect.stringMatching(
            /^Failed to load live state: failed to get cluster info for/,
          ),
        },
      ],
      sync: { status: 'Unknown' },
    });
    await edge.setFault(undefined);
    await until(
      'remote',
      ({ sync, summary }) =>
        sync?.status === 'Synced' &&
        Boolean(summary?.images?.includes('registry.example/cart:2')),
    );

    // An Application that leaves Git takes along what it brought, as its finalizer asks.
    await push({ 'apps/remote.yaml': undefined, 'apps/lost.yaml': undefined });
    const deadline = Date.now() + 60_000;
    while (
      (await liveObject('Deployment', 'cart', 'shop', edgeClient)) &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(
      await liveObject('Deployment', 'cart', 'shop', edgeClient),
    ).toBeUndefined();
  });

  it('takes up after a restart where it was', async () => {
    const first = await push({
      'api/deployment.yaml': deployment('api', 'registry.example/api:1'),
      'api/old.yaml': configMap('old', { A: '1' }),
    });
    await createApplication('api');
    await until('api', isFine(first));
    await standIn.stop();
    const second = await push({
      'api/deployment.yaml': deployment('api', 'registry.example/api:2'),
      'api/old.yaml': undefined,
    });
    await center.setFault({ type: 'offline' });
    const starting = ArgoCdStandIn.create({
      cluster: { name: 'center', url: center.url },
      git: createGitSource(git),
    });
    await expect(starting).rejects.toThrow();
    await center.setFault(undefined);
    standIn = await ArgoCdStandIn.create({
      cluster: { name: 'center', url: center.url },
      git: createGitSource(git),
    });
    const { status } = await until('api', isFine(second));
    expect(status!.history).toHaveLength(2);
    expect(await liveObject('ConfigMap', 'old')).toBeUndefined();
  });
});
