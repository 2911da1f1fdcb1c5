import { KubernetesError } from '@slipway/backstage-plugin-slipway-node';
import { KindResolver } from './KindResolver';

const DEPLOYMENTS = { base: '/apis/apps/v1', resource: 'deployments' };

describe('KindResolver', () => {
  const asked: string[] = [];
  let time = 0;
  const { signal } = new AbortController();

  /** Of a cluster that serves Deployments. */
  function create() {
    asked.length = 0;
    const getText = async ({ path }: { path: string }) => {
      asked.push(path);
      if (path !== DEPLOYMENTS.base) {
        throw new KubernetesError('kindNotServed', { status: '404' });
      }
      const resources = [
        { kind: 'Deployment', name: 'deployments', namespaced: true },
        { kind: 'Scale', name: 'deployments/scale', namespaced: true },
      ];
      return JSON.stringify({ resources });
    };
    const connection = { getText };
    const resolver = new KindResolver({ connection, now: () => time });
    return (group: string, version: string) =>
      resolver.resolve({ group, version, kind: 'Deployment' }, signal);
  }

  it('asks for a group and version once in a while, sooner for what is not there', async () => {
    const resolve = create();
    const served = { ...DEPLOYMENTS, namespaced: true };
    for (time of [0, 9_999, 10_000, 299_999]) {
      expect(await resolve('apps', 'v1')).toEqual(served);
      expect(await resolve('example.com', 'v1')).toBeUndefined();
    }
    const absent = '/apis/example.com/v1';
    expect(asked).toEqual([DEPLOYMENTS.base, absent, absent, absent]);
    time = 300_000;
    await resolve('apps', 'v1');
    expect(asked.at(-1)).toBe(DEPLOYMENTS.base);
  });

  it('remembers only so much of what Git names', async () => {
    time = 0;
    const resolve = create();
    await resolve('apps', 'v1');
    for (let number = 0; number < 299; number++) {
      await resolve('example.com', `v${number}`);
    }
    await resolve('apps', 'v1');
    expect(asked).toHaveLength(300);
    // The first goes when there is one more.
    await resolve('example.com', 'v299');
    await resolve('apps', 'v1');
    expect(asked.slice(300)).toEqual([
      '/apis/example.com/v299',
      DEPLOYMENTS.base,
    ]);
    // What was not there is forgotten when it no longer holds, and takes no place then.
    time = 10_000;
    for (let number = 300; number < 400; number++) {
      await resolve('example.com', `v${number}`);
    }
    const before = asked.length;
    await resolve('apps', 'v1');
    expect(asked).toHaveLength(before);
  });
});
