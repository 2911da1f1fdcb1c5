import {
  ArgoCdApiServer,
  CART,
  clusterWith,
} from './__testUtils__/ArgoCdApiServer';
import { ManagedResourcesReader } from './ManagedResourcesReader';

const CART_PATH = '/api/v1/applications/cart';
const MANIFESTS = `${CART_PATH}/manifests`;

const object = (name: string, more: object = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop' },
    ...more,
  });

const hook = (annotations: object) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', namespace: 'shop', annotations },
  });

describe('ManagedResourcesReader', () => {
  const argoCd = new ArgoCdApiServer({
    [`${CART_PATH}/managed-resources`]: {
      items: [
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'settings',
          liveState: object('settings', { data: { a: '1', b: '2' } }),
          targetState: object('settings', { data: { a: '2' } }),
          normalizedLiveState: object('settings', { data: { a: '1' } }),
          predictedLiveState: object('settings', { data: { a: '2' } }),
          modified: true,
        },
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'new',
          liveState: 'null',
          targetState: object('new'),
          normalizedLiveState: 'null',
          predictedLiveState: object('new'),
          modified: true,
        },
        {
          kind: 'ConfigMap',
          namespace: 'shop',
          name: 'gone',
          liveState: object('gone'),
          targetState: 'null',
          normalizedLiveState: object('gone'),
          predictedLiveState: object('gone'),
        },
        { kind: 'Job', name: 'migrate', hook: true, liveState: object('x') },
        { kind: 'Odd' },
      ],
    },
    [MANIFESTS]: {
      manifests: [
        object('settings'),
        hook({ 'argocd.argoproj.io/hook': 'PreSync' }),
        hook({ 'argocd.argoproj.io/hook': 'Skip' }),
        'no JSON',
      ],
    },
  });

  beforeAll(() => argoCd.start());
  beforeEach(() => argoCd.reset());
  afterAll(() => argoCd.stop());

  it('reads what Argo CD compared, and which hooks a sync would run', async () => {
    const reader = ManagedResourcesReader.create();
    const read = () => reader.read({ cluster: argoCd.cluster, key: CART });
    const [told, again] = await Promise.all([read(), read()]);
    expect(again).toBe(told);
    const at = { group: '', kind: 'ConfigMap', namespace: 'shop' };
    expect(told).toMatchObject({
      resources: [
        {
          ...at,
          name: 'settings',
          live: { data: { a: '1' } },
          predicted: { data: { a: '2' } },
          modified: true,
        },
        { ...at, name: 'new', live: undefined, predicted: {}, modified: true },
        { ...at, name: 'gone', live: {}, predicted: undefined },
      ],
      hooks: [
        {
          group: 'batch',
          kind: 'Job',
          namespace: 'shop',
          name: 'migrate',
          hookType: 'PreSync',
        },
      ],
    });
    expect(argoCd.asked.sort()).toEqual([
      '/api/v1/applications/cart/managed-resources?appNamespace=team-a Bearer reader',
      '/api/v1/applications/cart/manifests?appNamespace=team-a Bearer reader',
    ]);
  });

  it('says nothing of hooks where manifests cannot be generated, and of nothing where no API is configured', async () => {
    argoCd.refusals.set(MANIFESTS, 500);
    const told = await ManagedResourcesReader.create().read({
      cluster: argoCd.cluster,
      key: CART,
    });
    expect(told?.resources).toHaveLength(3);
    expect(told?.hooks).toBeUndefined();
    expect(
      await ManagedResourcesReader.create().read({
        cluster: clusterWith({}),
        key: CART,
      }),
    ).toBeUndefined();
  });
});
