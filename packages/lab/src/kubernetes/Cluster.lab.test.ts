import { readFile, stat } from 'fs/promises';
import { builtPrograms } from '../build';
import { Lab } from '../lab';
import { Cluster } from './Cluster';
import { KubernetesClient } from './KubernetesClient';
import { KubernetesObject } from './types';

const WEB = '/apis/apps/v1/namespaces/default/deployments/web';

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'registry.example/web:1' }] },
    },
  },
};

interface Deployment extends KubernetesObject {
  status?: { availableReplicas?: number };
}

const isAvailable = ({ status }: Deployment) => status?.availableReplicas === 2;

describe('a cluster of the lab', () => {
  let lab: Lab;
  let cluster: Cluster;

  const asSlipway = async () =>
    KubernetesClient.create({
      server: cluster.url,
      ca: await readFile(cluster.caFile, 'utf8'),
      token: await readFile(cluster.slipwayTokenFile, 'utf8'),
    });

  beforeAll(async () => {
    lab = await Lab.create({ programs: await builtPrograms() });
    cluster = await lab.addCluster('center');
  });

  afterAll(() => lab.stop());

  it('runs workloads, and keeps them over a restart and as another release', async () => {
    await cluster.admin.apply(deployment, { namespace: 'default' });
    await cluster.admin.apply(
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'once' },
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'once', image: 'registry.example/once:1' }],
            },
          },
        },
      },
      { namespace: 'default' },
    );
    await cluster.admin.waitFor(WEB, isAvailable);
    await cluster.admin.waitFor(
      '/apis/batch/v1/namespaces/default/jobs/once',
      ({ status }: { status?: { succeeded?: number } }) =>
        status?.succeeded === 1,
    );

    await cluster.restart();
    expect(isAvailable(await cluster.admin.get(WEB))).toBe(true);

    await cluster.skew('1.34');
    expect(await cluster.admin.get('/version')).toMatchObject({
      emulationMajor: '1',
      emulationMinor: '34',
    });
    // Pods are still placed.
    await cluster.admin.delete(WEB);
    await cluster.admin.apply(deployment, { namespace: 'default' });
    await cluster.admin.waitFor(WEB, isAvailable);
    await cluster.skew(undefined);
  });

  it('gives Slipway no more than deploy/ does, and writes down what it asked', async () => {
    const slipway = await asSlipway();
    await expect(
      slipway.get('/api/v1/namespaces/default/secrets'),
    ).rejects.toMatchObject({ status: 403 });
    // Allowed; that nothing serves it is another matter.
    await expect(
      slipway.get('/apis/argoproj.io/v1alpha1/applications'),
    ).rejects.toMatchObject({ status: 404 });

    const requests = await cluster.requests();
    expect(requests).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          user: 'system:serviceaccount:slipway:slipway',
          userAgent: 'slipway-lab',
          verb: 'list',
          uri: '/api/v1/namespaces/default/secrets',
          status: 403,
        }),
      ]),
    );
    expect(requests.every(({ user }) => user !== 'admin')).toBe(true);
  });

  it('can be cut off, stalled and slowed down, and comes back', async () => {
    const slipway = await asSlipway();
    const look = () => slipway.get('/version');

    await cluster.link.cut();
    await expect(look()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    // Its own programs do not go through the link.
    await cluster.admin.get('/version');

    await cluster.link.stall();
    const stalled = look();
    const first = await Promise.race([
      stalled,
      new Promise(resolve => setTimeout(() => resolve('nothing'), 1000)),
    ]);
    expect(first).toBe('nothing');
    await cluster.link.restore();
    expect(await stalled).toMatchObject({ major: '1' });

    await cluster.link.slow({ delayMs: 200 });
    const since = Date.now();
    await look();
    // TLS and the request are at least two round trips.
    expect(Date.now() - since).toBeGreaterThanOrEqual(800);
    await cluster.link.restore();
    await look();
  });

  it('can lose everything it holds', async () => {
    const before = await asSlipway();
    await cluster.admin.apply(deployment, { namespace: 'default' });

    await cluster.wipe();

    expect(await cluster.admin.find(WEB)).toBeUndefined();
    await expect(before.get('/version')).rejects.toMatchObject({ status: 401 });
    await (await asSlipway()).get('/version');
    await cluster.admin.apply(deployment, { namespace: 'default' });
    await cluster.admin.waitFor(WEB, isAvailable);
    expect((await stat(cluster.slipwayKubeconfig)).mode % 0o1000).toBe(0o600);
  });
});
