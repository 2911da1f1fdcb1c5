import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { blobObject } from '../git';
import { TestRepo } from '../git/testUtils/testRepo';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });
const oidOf = (text: string) => blobObject(Buffer.from(text)).oid;

describe.each(databases.eachSupportedId())('changes on %s', databaseId => {
  let replica: Awaited<ReturnType<typeof startReplica>>;

  beforeEach(async () => {
    replica = await startReplica(
      await databases.init(databaseId),
      await TestRepo.create([{ files, message: 'Begin' }]),
    );
    const cart = '/environments/shop/dev/modules/cart';
    await until(async () => (await replica.get(cart)).status === 200);
  });
  afterEach(() => replica.stop());

  const plan = (body: object) =>
    replica.post('/config-repos/shop/changes/plan').send(body);
  const create = (body: object) =>
    replica.post('/config-repos/shop/changes').send(body);

  it('plans an edit, and brings it into the branch under the name of who asked', async () => {
    const { repo } = replica;
    const edit = {
      kind: 'edit',
      operations: [
        {
          type: 'write',
          path: 'dev/cart/a.yaml',
          text: 'a: 2\n',
          base: oidOf('a: 1\n'),
        },
      ],
    };
    const planned = await plan(edit).expect(200);
    expect(planned.body).toMatchObject({
      base: await repo.git('rev-parse', 'main'),
      files: [
        {
          path: 'dev/cart/a.yaml',
          status: 'modified',
          environment: 'dev',
          module: 'cart',
        },
      ],
      touches: [{ environment: 'dev', module: 'cart', stage: 'dev' }],
      gate: { allowed: true, missing: [] },
    });
    expect(await repo.git('log', '--format=%s', 'main')).toBe('Begin');

    await create(edit).expect(400);
    const created = await create({ ...edit, message: 'Raise a' }).expect(201);
    expect(created.body).toMatchObject({
      summary: { title: 'Raise a', kind: 'edit', files: 1 },
      files: [{ path: 'dev/cart/a.yaml', status: 'modified' }],
    });
    expect(await repo.git('show', 'main:dev/cart/a.yaml')).toBe('a: 2');
    expect(await repo.git('log', '-1', '--format=%s|%an|%ae|%cn', 'main')).toBe(
      'Raise a|mock|mock@users.noreply.slipway.invalid|Slipway',
    );
    await replica
      .post('/config-repos/shop/changes')
      .set('authorization', mockCredentials.service.header())
      .send({ ...edit, message: 'Robots' })
      .expect(403);
  });
});
