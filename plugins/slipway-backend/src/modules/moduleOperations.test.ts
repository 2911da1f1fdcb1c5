import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { slipwayEnvironmentSyncPermission } from '@slipway/backstage-plugin-slipway-common';
import { TestRepo } from '../git/testUtils/testRepo';
import { files, startReplica, until } from '../__testUtils__/startReplica';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('operations on modules', () => {
  it('go to the engines that carry the module, for people who may', async () => {
    const { repo, engine, application, permissions, get, post, stop } =
      await startReplica(
        await databases.init('SQLITE_3'),
        await TestRepo.create([{ files, message: 'Begin' }]),
      );
    const cart = '/environments/shop/dev/modules/cart';
    const ask = (body: object, status: number) =>
      post(`${cart}/operations`).send(body).expect(status);
    try {
      await until(async () => (await get(cart)).status === 200);
      const nothing = await ask({ type: 'sync' }, 409);
      expect(nothing.body.error.message).toMatch(/Nothing delivers .*'cart'/);

      const revision = await repo.git('rev-parse', 'main');
      await engine.tell('center', application('dev', 'cart', { revision }));
      await until(async () => (await get(cart)).body.engineObjects.length > 0);
      expect((await get(cart)).body.operations).toEqual([
        'refresh',
        'sync',
        'terminate',
      ]);
      expect((await get(cart)).body.operationOptions).toEqual([
        'hard',
        'prune',
        'dryRun',
      ]);

      const ref = {
        engine: 'argocd',
        cluster: 'center',
        namespace: 'argocd',
        name: 'dev-cart',
      };
      const { body } = await ask({ type: 'sync', prune: true }, 200);
      expect(body).toEqual({ engineObjects: [ref] });
      await ask({ type: 'refresh', hard: true, cluster: 'center' }, 200);
      await ask({ type: 'terminate' }, 200);
      expect(engine.asked).toMatchObject([
        {
          key: ref,
          cluster: { name: 'center' },
          operation: { type: 'sync', prune: true },
          initiatedBy: 'mock',
        },
        { operation: { type: 'refresh', hard: true } },
        { operation: { type: 'terminate' } },
      ]);

      // Each engine says what it can be asked.
      const others = ['refresh', 'sync', 'suspend', 'resume'] as const;
      engine.operations = others;
      engine.operationOptions = ['dryRun'];
      expect((await get(cart)).body).toMatchObject({
        operations: others,
        operationOptions: ['dryRun'],
      });
      await ask({ type: 'suspend' }, 200);
      await ask({ type: 'resume' }, 200);
      expect(engine.asked.splice(3).map(one => one.operation)).toEqual([
        { type: 'suspend' },
        { type: 'resume' },
      ]);

      await ask({ type: 'sync', cluster: 'gd' }, 400);
      await ask({ type: 'explode' }, 400);
      await post('/environments/shop/dev/modules/none/operations')
        .send({ type: 'sync' })
        .expect(404);
      await post(`${cart}/operations`)
        .set('authorization', mockCredentials.service.header())
        .send({ type: 'sync' })
        .expect(403);
      engine.refusal = new ConflictError('another operation is under way');
      expect((await ask({ type: 'sync' }, 409)).body.error.message).toBe(
        'another operation is under way',
      );
      engine.refusal = undefined;

      // One engine object for two environments: the operation needs the permission on both.
      await engine.tell('center', {
        ...application('dev', 'cart', {}),
        resourceVersion: '2',
        sources: ['dev/cart', 'sandbox/checkout'].map(path => ({
          repoUrl: repo.server.url('shop'),
          path,
          recurse: false,
          appliedRevision: revision,
        })),
      });
      await until(
        async () => (await get(cart)).body.engineObjects[0]?.modules === 2,
      );
      const denied = (environments: string[]) =>
        permissions.authorize.mockImplementation(async requests =>
          requests.map(({ permission, ...rest }) => {
            const { resourceRef } = rest as { resourceRef?: string };
            return {
              result:
                permission.name === slipwayEnvironmentSyncPermission.name &&
                environments.includes(resourceRef ?? '')
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            };
          }),
        );
      denied(['shop/sandbox']);
      const { body: refused } = await ask({ type: 'sync' }, 403);
      expect(refused.error.message).toMatch(/every environment/);
      denied(['shop/dev']);
      await ask({ type: 'sync' }, 403);
      permissions.authorize.mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      );
      await ask({ type: 'sync' }, 404);
      expect(engine.asked).toHaveLength(3);
    } finally {
      await stop();
    }
  });
});
