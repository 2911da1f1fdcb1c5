import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  EngineObject,
  SyncEngineConnection,
} from '@slipway/backstage-plugin-slipway-node';
import { ArgoCdWatch } from './ArgoCdWatch';

const PATH = '/apis/argoproj.io/v1alpha1';

const application = (
  name: string,
  resourceVersion: string,
  maker?: string,
) => ({
  metadata: {
    namespace: 'argocd',
    name,
    resourceVersion,
    ownerReferences: maker && [
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'ApplicationSet',
        name: maker,
      },
    ],
  },
  spec: {},
});

const applicationSet = (resourceVersion: string, status: string) => ({
  metadata: { namespace: 'argocd', name: 'shop', resourceVersion },
  status: {
    conditions: [
      { type: 'ErrorOccurred', status, reason: 'Bad', message: 'no key' },
    ],
  },
});

async function until<T>(find: () => T | undefined | false): Promise<T> {
  for (const deadline = Date.now() + 60_000; ; ) {
    const found = find();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Not seen: ${find}`);
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

describe('ArgoCdWatch', () => {
  const requests: string[] = [];
  const watches = new Map<string, ServerResponse>();
  let setsStatus: number;
  /** What a question for one Application waits for. */
  let slow: Promise<unknown> = Promise.resolve();
  const server = http.createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://cluster');
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const [, collection, name] =
      /\/(applications|applicationsets)(?:\/(.+))?$/.exec(pathname) ?? [];
    if (name) {
      requests.push(`get ${name}`);
      slow.then(() => json(application(name, '9', 'shop')));
    } else if (collection === 'applicationsets' && setsStatus !== 200) {
      json({ kind: 'Status', message: 'not for you' }, setsStatus);
    } else if (collection && searchParams.has('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      watches.set(collection, response);
    } else if (collection) {
      const items =
        collection === 'applications' && pathname === `${PATH}/applications`
          ? [application('made', '1', 'shop'), application('own', '2')]
          : [];
      json({ metadata: { resourceVersion: '5' }, items });
    } else {
      json({ kind: 'Status' }, 404);
    }
  });

  beforeAll(
    () =>
      new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      }),
  );

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  async function watching(
    play: (seen: {
      objects: Map<string, EngineObject>;
      connection: () => SyncEngineConnection | undefined;
    }) => Promise<void>,
  ): Promise<void> {
    watches.clear();
    const objects = new Map<string, EngineObject>();
    let connection: SyncEngineConnection | undefined;
    const controller = new AbortController();
    const { port } = server.address() as AddressInfo;
    const watch = ArgoCdWatch.create({
      cluster: {
        name: 'gd',
        engines: ['argocd'],
        aliases: [],
        auth: { type: 'serviceAccount', server: `http://127.0.0.1:${port}` },
        engineSettings: {},
      },
      sink: {
        async list(page) {
          for (const one of page.objects) objects.set(one.key.name, one);
        },
        async apply(changes) {
          for (const change of changes) {
            if (change.type === 'upsert') {
              objects.set(change.object.key.name, change.object);
            } else {
              objects.delete(change.key.name);
            }
          }
        },
        async connection(state) {
          connection = state;
        },
      },
      logger: mockServices.logger.mock(),
      signal: controller.signal,
    }).run();
    await play({ objects, connection: () => connection });
    controller.abort();
    await watch;
  }

  const event = (collection: string, object: object, type = 'MODIFIED') =>
    watches.get(collection)!.write(`${JSON.stringify({ type, object })}\n`);

  it('tells Applications anew when the set that made them fails, and when it no longer does', async () => {
    setsStatus = 200;
    await watching(async ({ objects, connection }) => {
      await until(
        () => connection()?.state === 'Connected' && watches.size === 2,
      );
      expect([...objects.keys()]).toEqual(['made', 'own']);
      const send = (object: object) => event('applicationsets', object);
      const conditions = () => objects.get('made')?.conditions ?? [];
      send(applicationSet('6', 'True'));
      const [condition] = await until(
        () => conditions().length > 0 && conditions(),
      );
      expect(condition).toMatchObject({
        type: 'ApplicationSet shop: Bad',
        message: 'no key',
      });
      send(applicationSet('7', 'False'));
      await until(() => conditions().length === 0);
      expect(objects.get('own')?.conditions).toEqual([]);
      expect(requests).toEqual(['get made', 'get made']);
    });
  });

  it('does not bring back an Application that goes with its set while it is asked for', async () => {
    setsStatus = 200;
    await watching(async ({ objects, connection }) => {
      await until(
        () => connection()?.state === 'Connected' && watches.size === 2,
      );
      requests.length = 0;
      let answer = () => {};
      slow = new Promise<void>(resolve => {
        answer = resolve;
      });
      event('applicationsets', applicationSet('6', 'True'));
      await until(() => requests.length === 1);
      event('applications', application('made', '10', 'shop'), 'DELETED');
      await until(() => !objects.has('made'));
      answer();
      // What comes after it: asked for and told.
      event('applications', application('other', '11', 'shop'), 'ADDED');
      event('applicationsets', applicationSet('12', 'False'));
      await until(() => requests.includes('get other'));
      await until(() => objects.get('other')?.resourceVersion === '9');
      expect([...objects.keys()]).toEqual(['own', 'other']);
    });
  });

  it.each([
    [403, { code: 'kindsUnreadable', params: { kinds: 'ApplicationSet' } }],
    [404, undefined],
  ])(
    'goes on where ApplicationSets are answered with %d',
    async (status, reason) => {
      setsStatus = status;
      await watching(async ({ objects, connection }) => {
        const connected = await until(() => {
          const state = connection();
          return (
            state?.state === 'Connected' && !reason === !state.reason && state
          );
        });
        expect(connected).toMatchObject({ reason });
        expect(objects.size).toBe(2);
      });
    },
  );
});
