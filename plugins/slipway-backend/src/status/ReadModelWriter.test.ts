import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import type { EnvironmentRecord } from './projectEnvironment';
import { ReadModelWriter } from './ReadModelWriter';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const record = (
  name: string,
  { managed = true, ...rest }: { managed?: boolean; title?: string } = {},
): EnvironmentRecord => ({
  model: {
    name,
    managed,
    path: name,
    targets: [],
    modules: [],
    findings: [],
    ...rest,
  },
  stageOrder: 0,
  targets: [{ cluster: 'gd', namespace: name }],
  modules: [],
  deploy: { state: 'NotDeployed' },
  counts: { health: {}, sync: {}, fileSync: {} } as never,
  engineObjects: [],
  findings: [],
});

describe.each(databases.eachSupportedId())(
  'the writer of a config repo on %s',
  databaseId => {
    it('leaves out what the database does not take, until it is another', async () => {
      const knex = await databases.init(databaseId);
      await migrate(mockServices.database({ knex }));
      const logger = mockServices.logger.mock();
      const writer = await ReadModelWriter.create({
        knex,
        configRepo: 'shop',
        assertFence: async () => {},
        now: () => new Date(),
        logger,
      });
      const written = async () =>
        (await knex('environments').orderBy('id').select('id', 'title')).map(
          ({ id, title }) => `${id} ${title}`,
        );
      const broken = (title: string) =>
        record('broken', { managed: null as never, title });
      await writer.writeEnvironments(
        [record('a'), broken('one'), record('b')],
        { all: true },
      );
      expect(await written()).toEqual(['shop/a null', 'shop/b null']);
      expect(logger.warn.mock.calls).toEqual([
        [expect.stringMatching(/^'shop\/broken' of the environments is left/)],
      ]);

      await writer.writeEnvironments(
        [broken('two'), record('b', { title: 'B' })],
        {
          all: false,
        },
      );
      expect(await written()).toEqual(['shop/a null', 'shop/b B']);
      expect(logger.warn).toHaveBeenCalledTimes(1);

      await writer.writeEnvironments([record('broken', { title: 'Mended' })], {
        all: false,
      });
      expect(await written()).toEqual([
        'shop/a null',
        'shop/b B',
        'shop/broken Mended',
      ]);
    });
  },
);
