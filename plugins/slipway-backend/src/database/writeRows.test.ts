import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { RefusedRows } from './RefusedRows';
import { storable } from './storable';
import { writeRows } from './writeRows';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

describe.each(databases.eachSupportedId())('rows on %s', databaseId => {
  it('are written but for those that the database does not take', async () => {
    const knex = await databases.init(databaseId);
    await knex.schema.createTable('things', table => {
      table.integer('id').primary();
      table.string('name').notNullable();
    });
    const rows = Array.from({ length: 250 }, (_, id) => ({
      id,
      name: (id % 100 === 7 ? null : `thing ${id}`) as string,
    }));
    const logger = mockServices.logger.mock();
    const refused = RefusedRows.create({ logger });
    const write = (some: typeof rows) =>
      knex.transaction(tx =>
        writeRows(tx, some, {
          write: (savepoint, part) =>
            savepoint('things').insert(part).onConflict('id').merge(),
          onRefused: ({ id }, error) => refused.tell(`Thing ${id}`, error),
        }),
      );
    await write(rows);
    await write(rows);
    expect(await knex('things').pluck('id')).toHaveLength(247);
    // Once each, and without what the others hold
    expect(logger.warn.mock.calls.map(([text]) => text)).toEqual(
      [7, 107, 207].map(id =>
        expect.stringMatching(
          new RegExp(`^Thing ${id} is left out, .*not.?null.{0,80}$`, 'i'),
        ),
      ),
    );

    await knex.schema.dropTable('things');
    await expect(write(rows.slice(0, 1))).rejects.toMatchObject({
      message: expect.stringContaining('things'),
    });
    expect(logger.warn).toHaveBeenCalledTimes(3);
  });
});

describe('storable', () => {
  it('makes a text that every column of its length takes', () => {
    expect(storable('a\0b')).toBe('ab');
    expect(storable('a\0bcd', 3)).toBe('abc');
    expect(storable('ab😀', 3)).toBe('ab');
    expect(storable('ab😀', 4)).toBe('ab😀');
  });
});
