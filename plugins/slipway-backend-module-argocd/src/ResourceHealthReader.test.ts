import {
  ArgoCdApiServer,
  CART,
  clusterWith,
} from './__testUtils__/ArgoCdApiServer';
import { ResourceHealthReader } from './ResourceHealthReader';

const PATH = '/api/v1/applications/cart';

describe('ResourceHealthReader', () => {
  const argoCd = new ArgoCdApiServer({
    [PATH]: {
      status: {
        resources: [
          { kind: 'ConfigMap', namespace: 'shop', name: 'settings' },
          {
            group: 'apps',
            kind: 'Deployment',
            namespace: 'shop',
            name: 'cart',
            health: { status: 'Degraded', message: 'too late' },
          },
          { kind: 'Pod', name: 'cart', health: { status: 'Splendid' } },
        ],
      },
    },
  });

  beforeAll(() => argoCd.start());
  beforeEach(() => argoCd.reset());
  afterAll(() => argoCd.stop());

  it('reads what Argo CD knows, once for all who ask within some seconds', async () => {
    let now = 0;
    const reader = ResourceHealthReader.create({ now: () => now });
    const read = () => reader.read({ cluster: argoCd.cluster, key: CART });

    const [first, second] = await Promise.all([read(), read()]);
    expect(first).toEqual([
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'cart',
        health: 'Degraded',
      },
    ]);
    expect(second).toEqual(first);
    now = 4_999;
    await read();
    expect(argoCd.asked).toEqual([
      '/api/v1/applications/cart?appNamespace=team-a Bearer reader',
    ]);
    now = 5_000;
    await read();
    expect(argoCd.asked).toHaveLength(2);
  });

  it('asks nobody where none is configured', async () => {
    const reader = ResourceHealthReader.create();
    expect(await reader.read({ cluster: clusterWith({}), key: CART })).toEqual(
      [],
    );
    expect(argoCd.asked).toEqual([]);
  });

  it('rejects when Argo CD refuses', async () => {
    argoCd.refusals.set(PATH, 403);
    const reader = ResourceHealthReader.create();
    await expect(
      reader.read({ cluster: argoCd.cluster, key: CART }),
    ).rejects.toThrow('forbidden');
  });

  it.each([
    [{ url: 'argocd.example' }, 'api.url in the argocd settings'],
    [{ url: 'https://argocd.example', token: 7 }, 'api.token in the argocd'],
  ])('refuses settings that cannot be used: %j', async (settings, problem) => {
    const reader = ResourceHealthReader.create();
    await expect(
      reader.read({ cluster: clusterWith({ api: settings }), key: CART }),
    ).rejects.toThrow(problem);
  });
});
