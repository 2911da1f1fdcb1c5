import { KubernetesError } from '@slipway/backstage-plugin-slipway-node';
import { LiveReader, type LiveRef } from './LiveReader';

const configMap = (name: string, namespace = 'shop'): LiveRef => ({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  namespace,
  name,
});

/** A connection that answers from a table, and notes what it was asked. */
function connect(answers: Record<string, object | Error>) {
  const asked: string[] = [];
  let now = 0;
  let open = 0;
  let most = 0;
  const reader = new LiveReader({
    now: () => now,
    connection: {
      async getText({ path }) {
        asked.push(path);
        open += 1;
        most = Math.max(most, open);
        await new Promise(resolve => {
          setTimeout(resolve, 1);
        });
        open -= 1;
        const answer = answers[path];
        if (answer instanceof Error) throw answer;
        if (answer) return JSON.stringify(answer);
        throw new KubernetesError('notKubernetes', { status: '404' });
      },
    },
  });
  return {
    reader,
    asked,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    most: () => most,
  };
}

const core = {
  resources: [
    { kind: 'ConfigMap', name: 'configmaps', namespaced: true },
    { kind: 'Namespace', name: 'namespaces', namespaced: false },
    { kind: 'Scale', name: 'configmaps/scale', namespaced: true },
    { kind: 'Escape', name: '../secrets', namespaced: true },
  ],
};

describe('LiveReader', () => {
  it('finds objects by discovery, each once for all who ask within some seconds', async () => {
    const path = '/api/v1/namespaces/shop/configmaps/web';
    const { reader, asked, pass } = connect({
      '/api/v1': core,
      [path]: { metadata: { name: 'web' }, data: {} },
      '/api/v1/namespaces/shop': { metadata: { name: 'shop' } },
    });
    const found = { state: 'found', namespaced: true };
    const [one, other] = await Promise.all([
      reader.read(configMap('web')),
      reader.read(configMap('web')),
    ]);
    expect(one).toMatchObject(found);
    expect(other).toBe(one);
    expect(await reader.read(configMap('gone'))).toEqual({
      state: 'missing',
      namespaced: true,
    });
    expect(
      await reader.read({ ...configMap('shop', 'any'), kind: 'Namespace' }),
    ).toMatchObject({ state: 'found', namespaced: false });
    expect(asked.filter(asking => asking === path)).toHaveLength(1);
    pass(10_000);
    await reader.read(configMap('web'));
    expect(asked.filter(asking => asking === path)).toHaveLength(2);
    expect(asked.filter(asking => asking === '/api/v1')).toHaveLength(1);
  });

  it('asks for the version that the cluster prefers where none is known', async () => {
    const { reader, asked } = connect({
      '/apis/apps': { preferredVersion: { version: 'v1' } },
      '/apis/apps/v1': {
        resources: [
          { kind: 'Deployment', name: 'deployments', namespaced: true },
        ],
      },
    });
    await reader.read({
      ...configMap('web'),
      group: 'apps',
      version: undefined,
      kind: 'Deployment',
    });
    expect(asked.at(-1)).toBe('/apis/apps/v1/namespaces/shop/deployments/web');
  });

  it.each<[string, LiveRef]>([
    ['a kind that is not served', { ...configMap('a'), kind: 'Gadget' }],
    ['a group that is not served', { ...configMap('a'), group: 'x.example' }],
    ['a subresource', { ...configMap('a'), kind: 'Scale' }],
    ['a plural that leads elsewhere', { ...configMap('a'), kind: 'Escape' }],
    ['a name that leads elsewhere', configMap('..')],
    ['a name of several parts', configMap('a/../../secrets/db')],
    ['a namespace that leads elsewhere', configMap('a', '..')],
    ['a group that leads elsewhere', { ...configMap('a'), group: '../api' }],
    ['a version that leads elsewhere', { ...configMap('a'), version: '..' }],
  ])('gets nothing for %s', async (_, ref) => {
    const { reader, asked } = connect({ '/api/v1': core });
    expect(await reader.read(ref)).toMatchObject({
      state: 'unknown',
      reason: { code: 'kindNotServedHere' },
    });
    expect(asked.every(path => /^\/apis?\/[a-z0-9.]+(\/v1)?$/.test(path))).toBe(
      true,
    );
  });

  it('says why an object cannot be read, and soon gives up on a cluster that does not answer', async () => {
    const refused = new KubernetesError('forbidden', { status: '403' });
    const silent = new KubernetesError('timeout', { host: 'gd' });
    const answers: Record<string, object | Error> = {
      '/api/v1': core,
      '/api/v1/namespaces/shop/configmaps/secret': refused,
    };
    const { reader, asked, pass, most } = connect(answers);
    expect(await reader.read(configMap('secret'))).toEqual({
      state: 'unknown',
      reason: refused.reason,
    });

    for (let index = 0; index < 100; index += 1) {
      answers[`/api/v1/namespaces/shop/configmaps/c${index}`] = silent;
    }
    const told = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        reader.read(configMap(`c${index}`)),
      ),
    );
    expect(new Set(told.map(one => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ state: 'unknown', reason: silent.reason })]),
    );
    expect(most()).toBe(8);
    expect(asked.length).toBeLessThan(20);
    pass(10_000);
    answers['/api/v1/namespaces/shop/configmaps/c0'] = {
      metadata: { name: 'c0' },
    };
    expect(await reader.read(configMap('c0'))).toMatchObject({
      state: 'found',
    });
  });
});
