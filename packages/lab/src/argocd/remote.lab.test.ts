import { type EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { DeliveryLab } from '../__testUtils__/DeliveryLab';
import { configMap, deployment, file } from '../__testUtils__/manifests';

const isGood = ({ health, sync }: EngineObject) =>
  health.state === 'Healthy' && sync.state === 'Synced';

describe('what Slipway reads of clusters that a real Argo CD has lost', () => {
  let proof: DeliveryLab;

  beforeAll(async () => {
    proof = await DeliveryLab.create({ remotes: ['gd'] });
  });

  afterAll(() => proof?.stop());

  it('believes nothing good of a remote cluster that is cut off', async () => {
    const gd = proof.lab.cluster('gd');
    const files = { 'a.yaml': file(deployment('web')) };
    await proof.deliver({
      // It knows the cluster by its name, or by its address.
      keen: {
        files,
        retry: { limit: -1 },
        spec: { destination: { name: 'gd', namespace: 'keen' } },
      },
      weary: {
        files,
        retry: { limit: 1 },
        spec: { destination: { server: gd.url, namespace: 'weary' } },
      },
    });
    for (const name of ['keen', 'weary']) {
      const { destination } = await proof.watch.waitFor(name, isGood);
      expect(destination.inCluster).toBe(false);
    }

    await gd.link.cut();
    const revision = await proof.push({
      'keen/b.yaml': file(configMap('news')),
      'weary/b.yaml': file(configMap('news')),
    });
    const reason = {
      code: 'destinationUnreachable',
      params: { message: expect.stringContaining('connection refused') },
    };
    for (const [name, phase] of [
      ['keen', 'Running'],
      ['weary', 'Failed'],
    ]) {
      await proof.argoCd.refresh(name);
      const lost = await proof.watch.waitFor(
        name,
        ({ operation, sync }) =>
          operation?.phase === phase &&
          sync.reason?.code === 'destinationUnreachable',
      );
      expect(lost).toMatchObject({
        health: { state: 'Unknown', reason },
        sync: { state: 'OutOfSync', reason },
        operation: { revision, message: reason.params.message },
      });
      expect(lost.resources).toContainEqual(
        expect.objectContaining({ name: 'news', status: 'SyncFailed' }),
      );
    }

    await gd.link.restore();
    await proof.watch.waitFor('keen', isGood);
    await proof.patch('weary', { operation: { sync: {} } });
    const found = await proof.watch.waitFor('weary', isGood);
    expect(found.sync.reason).toBeUndefined();
    expect(found.sources).toMatchObject([{ appliedRevision: revision }]);
  });

  it('keeps what it knew while the cluster of Argo CD is cut off, and catches up', async () => {
    await proof.deliver({
      local: { files: { 'a.yaml': file(configMap('local')) } },
    });
    await proof.watch.waitFor('local', isGood);

    await proof.center.link.cut();
    expect(await proof.watch.waitForConnection('Unreachable')).toMatchObject({
      reason: { code: 'unreachable' },
    });
    expect(proof.watch.find('local')).toBeDefined();
    const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
    await proof.center.admin.delete(`${path}/local`);

    await proof.center.link.restore();
    await proof.watch.waitForConnection('Connected');
    await proof.watch.waitUntilGone('local');
    expect(proof.watch.find('keen')).toBeDefined();
  });
});
