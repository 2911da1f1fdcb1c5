import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import { readRepoModel } from '../configRepos/readRepoModel';
import { TestRepo } from '../git/testUtils/testRepo';
import { EngineLinks } from './EngineLinks';
import { buildModuleStates } from './moduleStates';
import type { EnvironmentModel, SeenEngineObject } from './types';

const THIS_REPO = 'https://git.example/shop';

const source = (
  path: string | undefined,
  more: Partial<EngineSource> = {},
) => ({
  repoUrl: THIS_REPO,
  path,
  recurse: false,
  appliedRevision: 'abc',
  ...more,
});

function engineObject(
  name: string,
  sources: EngineSource[],
  more: Partial<SeenEngineObject> = {},
): SeenEngineObject {
  return {
    key: { engine: 'argocd', cluster: 'center', namespace: 'argocd', name },
    uid: name,
    resourceVersion: '1',
    sources,
    destination: { inCluster: true, namespace: 'ns' },
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    conditions: [],
    images: [],
    ...more,
  };
}

const seen = (object: SeenEngineObject, removed = false) => ({
  id: object.key.name,
  object,
  removed,
  seenAt: '2026-01-01T00:00:00.000Z',
  sequence: 1,
});

async function linksOn(files: string[]) {
  const repo = await TestRepo.create([
    {
      files: {
        '.slipway/repo.yaml': `{ apiVersion: slipway.dev/v1alpha1, kind: ConfigRepo, metadata: { name: shop }, spec: { ignore: [apps] } }`,
        ...Object.fromEntries(files.map(file => [file, ''])),
      },
    },
  ]);
  try {
    const git = await repo.open();
    const { snapshot } = await git.refresh({
      signal: new AbortController().signal,
    });
    const links = EngineLinks.create({
      configRepo: 'shop',
      isThisRepo: ({ repoUrl }) => repoUrl === THIS_REPO,
      resolveCluster: object => object.destination.name ?? object.key.cluster,
    });
    links.setModel(
      await readRepoModel({
        snapshot,
        head: await git.commitInfo(snapshot.commit),
        readBlob: oid => git.readBlob(oid),
        clusters: new Set(),
      }),
      snapshot,
    );
    return links;
  } finally {
    await repo.dispose();
  }
}

describe('EngineLinks', () => {
  const files = [
    'dev/cart/a.yaml',
    'dev/cart/sub/b.yaml',
    'dev/web/a.yaml',
    'kustomized/kustomization.yaml',
    'kustomized/cart/a.yaml',
    'plain/cart/a.yaml',
    'plain/a.yaml',
  ];

  it('has another version when links are others, and not when only states are', async () => {
    const links = await linksOn(files);
    const cart = engineObject('cart', [source('dev/cart')]);
    const versions = [
      cart,
      { ...cart, health: { state: 'Degraded' as const } },
      engineObject('cart', [source('dev/web')]),
    ].map(object => {
      links.apply([seen(object)]);
      return links.version;
    });
    links.apply([seen(cart, true)]);
    expect(versions[1]).toBe(versions[0]);
    expect(new Set([versions[1], versions[2], links.version]).size).toBe(3);
  });

  it.each<[string, EngineSource[], string[]]>([
    ['its own directory', [source('dev/cart')], ['dev/cart']],
    ['a folder in a module', [source('dev/cart/sub')], ['dev/cart']],
    [
      'a whole environment, recursively',
      [source('dev', { recurse: true })],
      ['dev/cart', 'dev/web'],
    ],
    [
      'a whole environment, by what a glob includes',
      [source('dev', { recurse: true, include: 'web/*' })],
      ['dev/web'],
    ],
    [
      'a whole environment, but for what a glob excludes',
      [source('dev', { recurse: true, exclude: '{web/**,x}' })],
      ['dev/cart'],
    ],
    ['a kustomization above', [source('kustomized')], ['kustomized/cart']],
    [
      'several sources',
      [source('dev/cart'), source('dev/web')],
      ['dev/cart', 'dev/web'],
    ],
    [
      'value files through a ref',
      [source(undefined, { refOnly: true, alsoReads: ['dev/web/a.yaml'] })],
      ['dev/web'],
    ],
    [
      'another repository',
      [source('dev/cart', { repoUrl: 'https://x/y' })],
      [],
    ],
    ['what is ignored', [source('apps')], []],
    [
      'a directory of its own above, without recursion',
      [source('plain')],
      ['plain/plain'],
    ],
  ])('links %s', async (_, sources, expected) => {
    const links = await linksOn(files);
    links.apply([seen(engineObject('one', sources))]);
    expect([...(links.links().get('one') ?? [])].sort()).toEqual(expected);
  });

  it('shows environments that only engine objects tell of, until they are gone', async () => {
    const links = await linksOn(files);
    const found = engineObject('far', [source('teams/a/web')]);
    expect([...links.apply([seen(found)])]).toEqual(['teams:a']);
    expect(links.environments()).toContainEqual(
      expect.objectContaining({
        name: 'teams:a',
        managed: false,
        path: 'teams/a',
        modules: [expect.objectContaining({ name: 'web' })],
      }),
    );
    expect([...links.apply([seen(found, true)])]).toEqual(['teams:a']);
    expect(links.environments().map(one => one.name)).not.toContain('teams:a');
    expect(links.links().size).toBe(0);
  });

  it('places each carrier on its target, and takes the worst of several', async () => {
    const links = await linksOn(files);
    links.apply([
      seen(engineObject('one', [source('dev/cart')])),
      seen(
        engineObject('two', [source('dev/cart')], {
          health: { state: 'Degraded' },
          operation: { phase: 'Failed', message: 'no' },
        }),
      ),
      seen(
        engineObject('far', [source('dev/cart')], {
          destination: { inCluster: false, name: 'xj', namespace: 'other' },
          sources: [
            {
              ...source('dev/cart'),
              appliedRevision: undefined,
              appliedUnknown: { code: 'dryRevisionNotTold', params: {} },
            },
          ],
        }),
      ),
    ]);
    const environment: EnvironmentModel = {
      name: 'dev',
      managed: true,
      path: 'dev',
      targets: [
        { cluster: 'center', namespace: 'ns' },
        { cluster: 'gd', namespace: 'ns' },
      ],
      modules: [],
      findings: [],
    };
    const states = await buildModuleStates({
      environment,
      module: {
        name: 'cart',
        path: 'dev/cart',
        manifest: 'apps/dev-cart.yaml',
      },
      carriers: links.carriers('dev', 'cart'),
      fileSync: async () => ({ state: 'Current' }),
    });
    expect(states).toMatchObject([
      {
        cluster: 'center',
        health: { state: 'Degraded' },
        sync: { state: 'Synced' },
        operation: { phase: 'Failed' },
        engineObjects: [{ name: 'one' }, { name: 'two' }],
      },
      {
        cluster: 'gd',
        health: { state: 'Unknown', reason: { code: 'engineObjectMissing' } },
        fileSync: {
          state: 'NotDeployed',
          reason: { params: { file: 'apps/dev-cart.yaml' } },
        },
      },
      {
        cluster: 'xj',
        namespace: 'other',
        engineObjects: [{ name: 'far' }],
        fileSync: { state: 'Unknown', reason: { code: 'dryRevisionNotTold' } },
      },
    ]);
  });
});
