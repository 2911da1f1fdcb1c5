import { type EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { DeliveryLab } from '../__testUtils__/DeliveryLab';
import {
  configMap,
  deployment,
  file,
  job,
  misplacedConfigMap,
} from '../__testUtils__/manifests';
import type { ConfigMap } from '../kubernetes';

const PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

const ended = ({ operation }: EngineObject) =>
  operation?.finishedAt !== undefined;
const succeeded = ({ operation }: EngineObject) =>
  operation?.phase === 'Succeeded';

/** `name status hookType hookPhase`, in the order in which they were applied. */
const table = ({ resources }: EngineObject) =>
  resources
    .filter(({ kind }) => kind !== 'Namespace')
    .map(({ name, status, hookType, hookPhase }) =>
      [name, status, hookType, hookPhase].filter(Boolean).join(' '),
    );

describe('what Slipway reads of the operations of a real Argo CD', () => {
  let proof: DeliveryLab;

  beforeAll(async () => {
    proof = await DeliveryLab.create();
  });

  afterAll(() => proof?.stop());

  const configMapPath = (namespace: string, name: string) =>
    `/api/v1/namespaces/${namespace}/configmaps/${name}`;

  const change = (name: string) =>
    proof.center.admin.mergePatch(configMapPath(name, name), {
      data: { greeting: 'changed by hand' },
    });

  it('tells waves and the hooks of every phase', async () => {
    await proof.deliver({
      hooks: {
        files: {
          'a.yaml': file(
            ...PHASES.map(hook => job(hook.toLowerCase(), { hook })),
            configMap('late', { 'sync-wave': '5' }),
            configMap('early', { 'sync-wave': '-1' }),
          ),
        },
      },
    });

    const hooks = await proof.watch.waitFor('hooks', succeeded);
    // The hook of a failure is not run.
    expect(table(hooks)).toEqual([
      'presync Synced PreSync Succeeded',
      'early Synced Succeeded',
      'sync Synced Sync Succeeded',
      'late Synced Succeeded',
      'postsync Synced PostSync Succeeded',
    ]);
  });

  it('tells a hook that fails, and the one that is run then', async () => {
    await proof.deliver({
      'hook-fails': {
        retry: { limit: 0 },
        files: {
          'a.yaml': file(
            job('before', { hook: 'PreSync' }, 'fails'),
            configMap('waits'),
            job('rescue', { hook: 'SyncFail' }),
          ),
        },
      },
    });

    const object = await proof.watch.waitFor('hook-fails', ended);
    expect(object).toMatchObject({
      sync: { state: 'OutOfSync' },
      operation: { phase: 'Failed', message: expect.any(String) },
    });
    expect(table(object)).toEqual([
      'before Synced PreSync Failed',
      'rescue Synced SyncFail Succeeded',
      'waits OutOfSync',
    ]);
  });

  it('tells which hook failed when all else was applied, and what became of it', async () => {
    await proof.deliver({
      'post-fails': {
        retry: { limit: 0 },
        files: {
          'a.yaml': file(
            configMap('done'),
            job('verify', { hook: 'PostSync' }, 'fails'),
            // What is run on failures may fail as well.
            job('rescue', { hook: 'SyncFail' }, 'fails'),
          ),
        },
      },
      policies: {
        files: {
          'a.yaml': file(
            configMap('done'),
            configMap('left-out', { hook: 'Skip' }),
            job('twice', { hook: 'PreSync,PostSync' }),
            job('gone', {
              hook: 'PreSync',
              'hook-delete-policy': 'HookSucceeded',
            }),
          ),
        },
      },
      'failed-gone': {
        retry: { limit: 0 },
        files: {
          'a.yaml': file(
            configMap('waits'),
            job(
              'gone',
              { hook: 'PreSync', 'hook-delete-policy': 'HookFailed' },
              'fails',
            ),
          ),
        },
      },
    });

    const deadline = 'Job was active longer than specified deadline';
    const failed = await proof.watch.waitFor('post-fails', ended);
    // What Git has is live, and yet the operation failed.
    expect(failed).toMatchObject({
      health: { state: 'Healthy' },
      sync: { state: 'Synced' },
      operation: {
        phase: 'Failed',
        message: [
          'one or more synchronization tasks completed unsuccessfully',
          `PostSync Job/verify: ${deadline}`,
          `SyncFail Job/rescue: ${deadline}`,
        ].join(' · '),
      },
    });
    expect(failed.history).toBeUndefined();
    expect(table(failed)).toEqual([
      'done Synced Succeeded',
      'verify Synced PostSync Failed',
      'rescue Synced SyncFail Failed',
    ]);

    const policies = await proof.watch.waitFor('policies', succeeded);
    // Hooks of one wave come in any order.
    expect(table(policies).sort()).toEqual([
      'done Synced Succeeded',
      'gone Synced PreSync Succeeded',
      // Nobody compares it.
      'left-out',
      'twice Synced PostSync Succeeded',
      'twice Synced PreSync Succeeded',
    ]);
    const hookGone = await proof.watch.waitFor('failed-gone', ended);
    expect(hookGone.operation?.message).toContain(
      `PreSync Job/gone: ${deadline}`,
    );
    expect(table(hookGone)).toEqual([
      'gone Synced PreSync Failed',
      'waits OutOfSync',
    ]);
  });

  it('tells what a sync waits for, and that it was ended', async () => {
    await proof.deliver({
      hangs: {
        files: {
          'a.yaml': file(
            configMap('first'),
            job('endless', { 'sync-wave': '1' }, 'hangs'),
            configMap('last', { 'sync-wave': '2' }),
          ),
        },
      },
    });
    const running = await proof.watch.waitFor('hangs', ({ operation }) =>
      operation?.message?.includes('Job/endless'),
    );
    expect(running.operation).toMatchObject({
      phase: 'Running',
      message: 'waiting for healthy state of batch/Job/endless',
    });
    expect(table(running)).toEqual([
      'first Synced Succeeded',
      'endless Synced Running',
      'last OutOfSync',
    ]);

    await proof.patch('hangs', { spec: { syncPolicy: { automated: null } } });
    await proof.patch('hangs', {
      status: { operationState: { phase: 'Terminating' } },
    });
    const stopped = await proof.watch.waitFor('hangs', ended);
    expect(stopped.operation).toMatchObject({
      phase: 'Failed',
      message: 'Operation terminated',
    });
    expect(table(stopped)).toEqual([
      'first Synced Succeeded',
      'endless Synced',
      'last OutOfSync',
    ]);
  });

  it('tells a failed sync, and one that is tried again', async () => {
    const files = {
      'a.yaml': file(configMap('good'), misplacedConfigMap('bad')),
    };
    await proof.deliver({
      fails: { files, retry: { limit: 1 } },
      retries: { files, retry: { limit: -1 } },
    });

    const failed = await proof.watch.waitFor('fails', ended);
    expect(failed).toMatchObject({
      sync: { state: 'OutOfSync' },
      operation: {
        phase: 'Failed',
        message: expect.stringMatching(/"nowhere" not found \(retried 1 times/),
      },
    });
    expect(table(failed)).toEqual([
      'bad SyncFailed Failed',
      'good Synced Succeeded',
    ]);
    await proof.watch.waitFor('fails', ({ conditions }) =>
      conditions.some(({ type }) => type === 'SyncError'),
    );

    const retried = await proof.watch.waitFor('retries', ({ sync }) =>
      sync.reason?.params.message?.includes('attempt #2'),
    );
    expect(retried).toMatchObject({
      sync: { state: 'OutOfSync', reason: { code: 'reconcileRetrying' } },
      operation: {
        phase: 'Running',
        finishedAt: undefined,
        message: expect.stringContaining('"nowhere" not found'),
      },
    });
  });

  it('tells drift, which self-heal mends', async () => {
    const files = (name: string) => ({ 'a.yaml': file(configMap(name)) });
    const revision = await proof.deliver({
      drifts: { files: files('drifts') },
      heals: { files: files('heals'), automated: { selfHeal: true } },
    });
    for (const name of ['drifts', 'heals']) {
      await proof.watch.waitFor(name, succeeded);
      await proof.watch.waitFor(name, ({ sync }) => sync.state === 'Synced');
      await change(name);
    }

    const drifted = await proof.watch.waitFor(
      'drifts',
      ({ sync }) => sync.state === 'OutOfSync',
    );
    expect(drifted).toMatchObject({
      operation: { phase: 'Succeeded' },
      sources: [{ comparedRevision: revision, appliedRevision: revision }],
    });
    expect(table(drifted)).toEqual(['drifts OutOfSync']);

    await proof.center.admin.waitFor(
      configMapPath('heals', 'heals'),
      ({ data }: ConfigMap) => data?.greeting === 'hello',
    );
    await proof.watch.waitFor('heals', ({ sync }) => sync.state === 'Synced');
  });

  it('tells what waits for a person: manual, partial and pruning syncs', async () => {
    const two = {
      'a.yaml': file(configMap('one')),
      'b.yaml': file(configMap('two')),
    };
    await proof.deliver({
      manual: {
        files: two,
        spec: { syncPolicy: { syncOptions: ['CreateNamespace=true'] } },
      },
      prunes: { files: two },
    });
    const manual = await proof.watch.waitFor(
      'manual',
      ({ sync }) => sync.state === 'OutOfSync',
    );
    expect(manual.health.state).toBe('Missing');
    expect(manual.operation).toBeUndefined();
    expect(table(manual)).toEqual(['one OutOfSync', 'two OutOfSync']);

    await proof.patch('manual', {
      operation: {
        initiatedBy: { username: 'ann' },
        sync: {
          syncOptions: ['CreateNamespace=true'],
          resources: [{ kind: 'ConfigMap', name: 'one', namespace: 'manual' }],
        },
      },
    });
    const partial = await proof.watch.waitFor('manual', succeeded);
    expect(partial).toMatchObject({
      operation: { initiatedBy: 'ann' },
      sources: [{ appliedRevision: undefined }],
      history: undefined,
    });
    expect(
      table(
        await proof.watch.waitFor(
          'manual',
          ({ resources }) =>
            resources.some(
              ({ name, status }) => name === 'one' && status === 'Synced',
            ) && resources.some(({ name }) => name === 'two'),
        ),
      ),
    ).toEqual(['one Synced', 'two OutOfSync']);

    await proof.watch.waitFor('prunes', ({ sync }) => sync.state === 'Synced');
    await proof.push({ 'prunes/b.yaml': undefined });
    await proof.argoCd.refresh('prunes');
    const pruning = await proof.watch.waitFor(
      'prunes',
      ({ sync }) => sync.state === 'OutOfSync',
    );
    expect(
      pruning.resources
        .filter(({ requiresPruning }) => requiresPruning)
        .map(({ name, status }) => [name, status]),
    ).toEqual([['two', 'OutOfSync']]);
  });

  it('tells what is suspended, degraded and orphaned', async () => {
    await proof.center.admin.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'watchful', namespace: 'argocd' },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ namespace: '*', server: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        orphanedResources: { warn: true },
      },
    });
    await proof.deliver({
      suspended: {
        files: { 'a.yaml': file(deployment('a', { paused: true })) },
      },
      degraded: {
        files: { 'a.yaml': file(job('a', {}, 'fails')) },
      },
      orphans: {
        files: { 'a.yaml': file(configMap('own')) },
        spec: { project: 'watchful' },
      },
    });
    await proof.watch.waitFor('orphans', succeeded);
    await proof.center.admin.apply({
      ...configMap('stray'),
      metadata: { name: 'stray', namespace: 'orphans' },
    });

    for (const [name, kind, state] of [
      ['suspended', 'Deployment', 'Suspended'],
      ['degraded', 'Job', 'Degraded'],
    ]) {
      const object = await proof.watch.waitFor(
        name,
        ({ health }) => health.state === state,
      );
      // Argo CD 3 keeps that of single resources elsewhere, where its API finds it.
      expect(object.resources.map(({ health }) => health)).toEqual(
        object.resources.map(() => undefined),
      );
      expect(await proof.watch.resourceHealth(object)).toEqual([
        `${kind} ${state}`,
      ]);
    }
    const orphans = await proof.watch.waitFor(
      'orphans',
      ({ conditions }) => conditions.length > 0,
    );
    expect(orphans).toMatchObject({
      sync: { state: 'Synced' },
      conditions: [
        {
          type: 'OrphanedResourceWarning',
          message: 'Application has 1 orphaned resources',
        },
      ],
    });
  });
});
