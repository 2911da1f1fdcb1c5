import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  ConfigRepoPage,
  Deployment,
  Environment,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import { files, startReplica, until } from '../__testUtils__/startReplica';
import { TestRepo } from '../git/testUtils/testRepo';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_17'] });

const MODULES = '/environments/shop/dev/modules';
const LONG = 'n'.repeat(400);
const STARTED = new Date(Date.now() - 60_000).toISOString();

describe.each(databases.eachSupportedId())(
  'texts of others on %s',
  databaseId => {
    it('hold up nothing, however long they are and whatever is in them', async () => {
      const knex = await databases.init(databaseId);
      const repo = await TestRepo.create([
        {
          files: {
            ...files,
            '.slipway/environments/dev.yaml': files[
              '.slipway/environments/dev.yaml'
            ].replace('title: dev title', 'title: "dev\\0 title"'),
          },
        },
      ]);
      const { engine, application, get, post, stop } = await startReplica(
        knex,
        repo,
      );
      const module = async (name: string): Promise<Module> =>
        (await get(`${MODULES}/${name}`).expect(200)).body.module;
      const targets = ({ states }: Module) =>
        states.map(({ cluster, namespace }) => `${cluster}/${namespace}`);
      try {
        await until(
          async () => (await get(`${MODULES}/checkout`)).status === 200,
        );
        const foreign = (
          name: string,
          destination: { name: string; namespace: string },
          images: string[] = [],
        ) =>
          application('dev', 'cart', {
            key: {
              engine: 'argocd',
              cluster: 'center',
              namespace: 'team-a',
              name,
            },
            uid: name,
            destination: { inCluster: false, ...destination },
            images,
            operation: {
              phase: 'Failed',
              startedAt: STARTED,
              message: 'not\0 there',
              initiatedBy: `ann\0${LONG}${LONG}`,
            },
          });
        await engine.tell(
          'center',
          foreign('long', { name: LONG, namespace: LONG }, [
            `registry.example/cart:${LONG}`,
          ]),
          // Another that comes to the same where it is cut
          foreign('longer', { name: `${LONG}x`, namespace: `${LONG}x` }),
          foreign('nul', { name: 'edge\0', namespace: 'shop\0-dev' }),
          foreign('root', { name: '\0', namespace: '\0' }),
          {
            ...foreign('broken', { name: 'edge', namespace: 'shop-dev' }),
            // Of which no row can be written
            operation: { phase: null as never, startedAt: STARTED },
          },
        );
        // What comes after it is shown.
        await engine.tell('center', application('dev', 'checkout', {}));
        await until(async () => (await module('checkout')).version === '1.2.0');
        expect(targets(await module('cart')).sort()).toEqual([
          '/',
          'center/shop-dev',
          'edge/shop-dev',
          `${LONG.slice(0, 200)}/${LONG.slice(0, 255)}`,
        ]);
        const { body: environment }: { body: Environment } = await get(
          '/environments/shop/dev',
        ).expect(200);
        expect(environment.title).toBe('dev title');
        expect(environment.targets).toHaveLength(4);

        let deployments: Deployment[] = [];
        await until(async () => {
          const { body } = await get(`${MODULES}/cart/deployments`);
          deployments = body.items;
          return deployments.length === 4;
        });
        expect(deployments.map(one => one.message)).toEqual(
          Array(4).fill('not there'),
        );
        expect(deployments[0].initiatedBy).toHaveLength(500);

        // A ref that no entity can have, and a file that names no environment.
        await repo.commit({
          files: {
            '.slipway/repo.yaml': files['.slipway/repo.yaml'].replace(
              'group:default/shop',
              `group:default/${'s'.repeat(190)}`,
            ),
            [`.slipway/environments/${'e'.repeat(120)}.yaml`]: '',
          },
        });
        await post('/config-repos/shop/refresh').expect(200);
        await engine.tell(
          'center',
          application('dev', 'checkout', {
            resourceVersion: '2',
            // As long as it may be, in letters of three bytes that do not repeat.
            sources: [
              {
                repoUrl: `${repo.server.url('shop')}`,
                path: 'dev/checkout',
                recurse: false,
              },
              {
                repoUrl: `https://git.example/${letters(900)}`,
                path: letters(90),
                recurse: false,
              },
            ],
            images: ['registry.example/checkout:1.3.0'],
          }),
        );
        await until(async () => (await module('checkout')).version === '1.3.0');
        await until(async () => {
          const { body }: { body: ConfigRepoPage } = await get('/config-repos');
          return body.items
            .flatMap(({ findings }) => findings)
            .some(({ code }) => code === 'nameUnusable');
        });
      } finally {
        await stop();
      }
    });
  },
);

/** Letters that no compression makes shorter. */
function letters(count: number): string {
  let seed = 1;
  return Array.from({ length: count }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + (seed % 20_000));
  }).join('');
}
