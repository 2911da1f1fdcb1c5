import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { type Knex } from 'knex';
import { migrate } from './migrate';
import { currentSequence, nextSequence } from './sequence';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

async function tables(knex: Knex): Promise<string[]> {
  const rows: Array<{ name: string }> =
    knex.client.config.client === 'pg'
      ? await knex('information_schema.tables')
          .where('table_schema', knex.raw('current_schema()'))
          .select('table_name as name')
      : await knex('sqlite_master').where('type', 'table').select('name');
  return rows
    .map(({ name }) => name)
    .filter(name => !/^(knex|sqlite)_/.test(name))
    .sort();
}

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, down, and up again', async () => {
    const knex = await databases.init(databaseId);
    await migrate(mockServices.database({ knex }));
    const present = await tables(knex);
    expect(present).toEqual(
      expect.arrayContaining([
        'cluster_engines',
        'engine_objects',
        'leases',
        'modules',
      ]),
    );
    expect(await knex.transaction(tx => nextSequence(tx))).toBe(1);

    const directory = resolvePackagePath(
      '@slipway/backstage-plugin-slipway-backend',
      'migrations',
    );
    await knex.migrate.rollback({ directory }, true);
    expect(await tables(knex)).toEqual([]);

    await migrate(mockServices.database({ knex }));
    expect(await tables(knex)).toEqual(present);
    expect(await currentSequence(knex)).toBe(0);
  });

  it('let replicas begin together', async () => {
    const knex = await databases.init(databaseId);
    const { client, connection } = knex.client.config;
    // Each has a pool of its own; on SQLite there is one process only.
    const others =
      client === 'pg'
        ? [1, 2, 3].map(() => createKnex({ client, connection }))
        : [];
    try {
      await Promise.all(
        [knex, ...others].map(each =>
          migrate(mockServices.database({ knex: each })),
        ),
      );
      expect(await tables(knex)).toContain('leases');
    } finally {
      await Promise.all(others.map(each => each.destroy()));
    }
  });
});
