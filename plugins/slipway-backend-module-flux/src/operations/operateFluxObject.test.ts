import type { EngineOperation } from '@slipway/backstage-plugin-slipway-node';
import gitRepository from '../__fixtures__/gitRepository.json';
import {
  helmChart,
  helmRelease,
  helmRepository,
} from '../__fixtures__/helmRelease';
import kustomization from '../__fixtures__/kustomization.json';
import { FluxSyncEngine } from '../FluxSyncEngine';
import type { FluxKind } from '../kinds';
import { FluxCluster } from '../testUtils/FluxCluster';

const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';

async function ask(
  objects: object[],
  operation: EngineOperation,
  kind: FluxKind = 'Kustomization',
): Promise<{ asked: string[]; cluster: FluxCluster }> {
  const cluster = await FluxCluster.start(...objects);
  const isRelease = kind === 'HelmRelease';
  try {
    await FluxSyncEngine.create().operate({
      cluster: cluster.config(),
      key: {
        engine: 'flux',
        cluster: 'gd',
        namespace: isRelease ? 'shop' : 'flux-system',
        name: isRelease ? 'redis' : 'web-dev',
        kind,
      },
      operation,
      initiatedBy: 'ann',
      signal: AbortSignal.timeout(5_000),
    });
    const asked = cluster.requests
      .filter(request => request.endsWith('patch'))
      .map(request => request.split(' ')[0]);
    return { asked, cluster };
  } finally {
    await cluster.stop();
  }
}

const suspended = <T extends { spec: object }>(object: T) => ({
  ...object,
  spec: { ...object.spec, suspend: true },
});

describe('operating an object of Flux', () => {
  it('asks the source, and then what reads it, as flux itself does', async () => {
    const objects = [gitRepository, kustomization];
    const { asked, cluster } = await ask(objects, {
      type: 'sync',
      prune: true,
    });
    expect(asked).toEqual(['GitRepository', 'Kustomization']);
    const { annotations } = cluster.get('Kustomization', 'web-dev')!.metadata;
    const at = annotations![REQUESTED_AT]!;
    expect(Date.parse(at)).toBeGreaterThan(Date.now() - 60_000);
    expect(annotations).toMatchObject({
      'slipway.dev/requested-by': `${at} ann`,
      'kubectl.kubernetes.io/last-applied-configuration': expect.any(String),
    });
    expect((await ask(objects, { type: 'refresh' })).asked).toEqual([
      'GitRepository',
    ]);
    // A suspended one can at least see what is new.
    const paused = [gitRepository, suspended(kustomization)];
    expect((await ask(paused, { type: 'refresh', hard: true })).asked).toEqual([
      'GitRepository',
    ]);
  });

  it('suspends and resumes', async () => {
    const suspending = await ask([kustomization], { type: 'suspend' });
    const stored = suspending.cluster.get('Kustomization', 'web-dev')!;
    expect(stored.spec).toEqual({ ...kustomization.spec, suspend: true });
    const { asked, cluster } = await ask([stored], { type: 'resume' });
    expect(asked).toEqual(['Kustomization']);
    expect(cluster.get('Kustomization', 'web-dev')!.spec).toMatchObject({
      suspend: false,
    });
  });

  it('asks the chart and its repository of a HelmRelease', async () => {
    const { asked } = await ask(
      [helmRepository, helmChart, helmRelease],
      { type: 'sync' },
      'HelmRelease',
    );
    expect(asked).toEqual(['HelmChart', 'HelmRepository', 'HelmRelease']);
  });

  it.each<[EngineOperation, object[], string, RegExp]>([
    [
      { type: 'sync' },
      [gitRepository, suspended(kustomization)],
      'ConflictError',
      /Kustomization 'web-dev' is suspended .* resume it first/,
    ],
    [
      { type: 'refresh' },
      [suspended(gitRepository), kustomization],
      'ConflictError',
      /GitRepository 'ops' is suspended .* resume it first/,
    ],
    [
      { type: 'sync' },
      [
        gitRepository,
        {
          ...kustomization,
          metadata: {
            ...kustomization.metadata,
            deletionTimestamp: '2026-11-21T09:00:00Z',
          },
        },
      ],
      'ConflictError',
      /is being deleted/,
    ],
    [
      { type: 'sync' },
      [kustomization],
      'ConflictError',
      /reads GitRepository flux-system\/ops, which is not there/,
    ],
    [
      { type: 'sync' },
      [],
      'NotFoundError',
      /'web-dev' on cluster 'gd' is gone/,
    ],
    [
      { type: 'suspend' },
      [suspended(kustomization)],
      'ConflictError',
      /is suspended already/,
    ],
    [{ type: 'resume' }, [kustomization], 'ConflictError', /is not suspended/],
    [
      { type: 'terminate' },
      [gitRepository, kustomization],
      'ConflictError',
      /cannot stop what runs/,
    ],
    [
      { type: 'sync', dryRun: true },
      [gitRepository, kustomization],
      'InputError',
      /has no dry run/,
    ],
    [
      { type: 'sync', revision: 'abc' },
      [gitRepository, kustomization],
      'InputError',
      /not a revision that is named/,
    ],
    [
      { type: 'sync', prune: true },
      [
        gitRepository,
        { ...kustomization, spec: { ...kustomization.spec, prune: false } },
      ],
      'InputError',
      /does not prune; set spec.prune/,
    ],
  ])('refuses %j of %j', async (operation, objects, name, message) => {
    await expect(ask(objects, operation)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
