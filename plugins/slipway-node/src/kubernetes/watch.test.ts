import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import { KubernetesConnection } from './connection';
import {
  type Answer,
  bookmark,
  event,
  hang,
  object,
  page,
  refuse,
  reset,
  ScriptedApiServer,
  statusObject,
  stream,
  text,
} from './testUtils/ScriptedApiServer';
import { watchResource, type WatchResourceOptions } from './watch';

/** Runs a watch against a server and writes down, in order, what it tells. */
class Recording {
  readonly log: string[] = [];
  readonly problems: Reason[] = [];
  readonly delays: number[] = [];
  malformed = 0;
  readonly #controller = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    server: ScriptedApiServer,
    overrides: Partial<WatchResourceOptions> = {},
  ) {
    this.#done = watchResource({
      connection: KubernetesConnection.fromClusterConfig(
        {
          name: 'gd',
          engines: [],
          aliases: [],
          auth: { type: 'serviceAccount', server: server.url },
          engineSettings: {},
        },
        { requestTimeoutMilliseconds: 200, environment: {} },
      ),
      group: 'argoproj.io',
      version: 'v1alpha1',
      resource: 'applications',
      signal: this.#controller.signal,
      batchDelayMilliseconds: 5,
      backoff: { initialMilliseconds: 2, maximumMilliseconds: 20 },
      onPage: async (objects, { first, last }) => {
        const words = [
          'page',
          ...objects.map(({ metadata }) => metadata.name),
          first && 'first',
          last && 'last',
        ];
        this.log.push(words.filter(Boolean).join(' '));
      },
      onEvents: async events => {
        for (const {
          type,
          object: { metadata },
        } of events) {
          this.log.push(`${type} ${metadata.name}@${metadata.resourceVersion}`);
        }
      },
      onAlive: async () => {
        this.log.push('alive');
      },
      onProblem: async (reason, { retryInMilliseconds }) => {
        this.problems.push(reason);
        this.delays.push(retryInMilliseconds);
        this.log.push(reason.code);
      },
      onMalformed: count => {
        this.malformed += count;
      },
      ...overrides,
    });
    this.#done.catch(() => undefined);
  }

  async until(condition: (recording: Recording) => boolean): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!condition(this)) {
      if (Date.now() > deadline) {
        throw new Error(`Not seen: ${condition}; saw ${this.log.join('; ')}`);
      }
      await new Promise(resolve => {
        setTimeout(resolve, 2);
      });
    }
  }

  get done(): Promise<void> {
    return this.#done;
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#done;
  }
}

const emptyPage = page([], { resourceVersion: '1' });

describe('watchResource', () => {
  let server: ScriptedApiServer;

  beforeEach(async () => {
    server = await ScriptedApiServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  it('lists in pages, then watches from there, and keeps the order', async () => {
    server.lists = [
      page([object('a', 1), {}], { resourceVersion: '10', continue: 'more' }),
      page([object('b', 2)], { resourceVersion: '10' }),
    ];
    const many = Array.from({ length: 450 }, (_, i) =>
      event('MODIFIED', 'a', 13 + i),
    );
    server.watches = [
      stream([
        event('ADDED', 'c', 11),
        event('DELETED', 'b', 12),
        ...many,
        'no json at all\n',
        { type: 'MODIFIED', object: { metadata: { resourceVersion: '470' } } },
        { type: 'SURPRISE', object: object('a', 471) },
        bookmark(500),
      ]),
    ];
    const batches: number[] = [];
    let delivering = 0;
    const overlaps: number[] = [];
    const recording = new Recording(server, {
      onEvents: async events => {
        delivering += 1;
        overlaps.push(delivering);
        batches.push(events.length);
        await new Promise(resolve => {
          setTimeout(resolve, 5);
        });
        for (const {
          object: { metadata },
        } of events) {
          recording.log.push(metadata.resourceVersion);
        }
        delivering -= 1;
      },
    });

    await recording.until(
      ({ log }) => log.filter(l => l === 'alive').length > 1,
    );
    await recording.stop();

    expect(recording.log).toEqual([
      'page a first',
      'page b last',
      'alive',
      ...Array.from({ length: 452 }, (_, i) => `${11 + i}`),
      'alive',
    ]);
    expect(Math.max(...batches)).toBeLessThanOrEqual(200);
    expect(batches.length).toBeLessThan(150);
    expect(Math.max(...overlaps)).toBe(1);
    expect(recording.malformed).toBe(4);
    expect(recording.problems).toEqual([]);
    expect(server.requests[2].query).toMatchObject({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      timeoutSeconds: expect.stringMatching(/^2[4-9]\d$/),
    });
  });

  it('goes on from the last version after an end, a break, half a line or silence, without a fuss', async () => {
    server.lists = [emptyPage];
    server.watches = [
      stream([event('ADDED', 'a', 2)], 'end'),
      stream([event('ADDED', 'b', 3), bookmark(4)], 'reset'),
      stream([event('ADDED', 'c', 5), '{"type":"ADDED","obj'], 'end'),
      stream([]),
      stream([event('ADDED', 'd', 6)]),
    ];
    const recording = new Recording(server, { idleTimeoutMilliseconds: 60 });

    await recording.until(({ log }) => log.includes('ADDED d@6'));
    await recording.stop();

    expect(recording.log.filter(line => line.startsWith('ADDED'))).toEqual([
      'ADDED a@2',
      'ADDED b@3',
      'ADDED c@5',
      'ADDED d@6',
    ]);
    expect(recording.problems).toEqual([]);
    expect(server.count('list')).toBe(1);
    const versions = server.requests
      .filter(({ kind }) => kind === 'watch')
      .map(({ query }) => query.resourceVersion);
    expect(versions.slice(0, 5)).toEqual(['1', '2', '4', '5', '5']);
  });

  it.each<[string, Answer[]]>([
    ['as a status', [refuse(410), stream([event('ADDED', 'z', 9)])]],
    [
      'as an event',
      [
        stream([{ type: 'ERROR', object: statusObject(410) }]),
        stream([event('ADDED', 'z', 9)]),
      ],
    ],
    [
      'as another error in the watch',
      [
        stream([
          event('ADDED', 'y', 8),
          { type: 'ERROR', object: statusObject(500) },
        ]),
        stream([event('ADDED', 'z', 9)]),
      ],
    ],
  ])('lists again when the position is lost, %s', async (_, watches) => {
    server.lists = [
      page([object('a', 1)], { resourceVersion: '1' }),
      page([object('b', 1)], { resourceVersion: '7' }),
    ];
    server.watches = watches;
    const recording = new Recording(server);

    await recording.until(({ log }) => log.includes('ADDED z@9'));
    await recording.stop();

    const pages = recording.log.filter(line => line.startsWith('page'));
    expect(pages).toEqual(['page a first last', 'page b first last']);
    expect(recording.problems).toEqual([]);
    expect(server.requests.at(-1)?.query.resourceVersion).toBe('7');
  });

  it('lists at once from a server that forgot, and not again and again', async () => {
    server.lists = [emptyPage];
    server.watches = [stream([{ type: 'ERROR', object: statusObject(410) }])];
    const recording = new Recording(server, {
      backoff: { initialMilliseconds: 120_000, maximumMilliseconds: 120_000 },
    });

    await recording.until(() => server.count('watch') === 2);
    await recording.stop();

    expect(server.count('list')).toBe(2);
    expect(recording.problems).toEqual([]);
  });

  it('lists again from a server that is back with older data', async () => {
    server.lists = [
      page([object('a', 40)], { resourceVersion: '50' }),
      page([object('b', 7)], { resourceVersion: '9' }),
    ];
    // It would take the watch from 50 and say nothing until it is there.
    server.watches = [
      stream([bookmark(51)], 'reset'),
      stream([bookmark(51)], 'end'),
      stream([event('ADDED', 'z', 10)]),
    ];
    server.versions = [
      page([object('a', 40)], { resourceVersion: '51' }),
      page([object('b', 7)], { resourceVersion: '9', continue: 'x' }),
    ];
    const recording = new Recording(server);

    await recording.until(({ log }) => log.includes('ADDED z@10'));
    await recording.stop();

    expect(server.requests.map(({ kind }) => kind)).toEqual([
      'list',
      'watch',
      'version',
      'watch',
      'version',
      'list',
      'watch',
    ]);
    expect(server.requests.at(-1)?.query.resourceVersion).toBe('9');
    expect(recording.problems).toEqual([]);
  });

  describe('from a server that is back and further than before', () => {
    const later = { resourceVersion: '90' };

    /** What a watch asks for after it held `a` and `b`, `b` was deleted and `c` made, and the connection broke. */
    async function asks(first: unknown[]): Promise<string[]> {
      server.lists = [
        page([object('a', 1, 'one'), object('b', 2, 'two')], {
          resourceVersion: '2',
        }),
        page(first, later),
      ];
      server.watches = [
        stream(
          [event('DELETED', 'b', 3, 'two'), event('ADDED', 'c', 4, 'three')],
          'reset',
        ),
        stream([bookmark(91)]),
      ];
      server.versions = [page(first, later)];
      const recording = new Recording(server);
      await recording.until(() => server.count('watch') === 2);
      await recording.stop();
      return server.requests.map(({ kind }) => kind);
    }

    const goesOn = ['list', 'watch', 'version', 'watch'];
    const listsAgain = ['list', 'watch', 'version', 'list', 'watch'];

    it.each`
      what                             | first                         | expected
      ${'has what was listed'}         | ${[object('a', 80, 'one')]}   | ${goesOn}
      ${'has what was told since'}     | ${[object('c', 80, 'three')]} | ${goesOn}
      ${'has what was deleted before'} | ${[object('b', 80, 'two')]}   | ${listsAgain}
      ${'has others of the same name'} | ${[object('a', 80, 'other')]} | ${listsAgain}
      ${'has nothing any more'}        | ${[]}                         | ${listsAgain}
    `('asks what it must of one that $what', async ({ first, expected }) => {
      expect(await asks(first)).toEqual(expected);
    });
  });

  it('looks where it still may when it is no longer allowed to watch everywhere', async () => {
    server.lists = [
      emptyPage,
      refuse(403),
      page([object('a', 2)], { resourceVersion: '2' }),
    ];
    server.watches = [stream([bookmark(1)], 'reset'), stream([])];
    server.versions = [refuse(403)];
    const recording = new Recording(server, { fallbackNamespaces: ['argocd'] });

    await recording.until(({ log }) => log.includes('page a first last'));
    await recording.stop();

    expect(recording.log).toContain('forbidden');
    expect(
      server.requests.filter(({ kind }) => kind === 'list').at(-1)?.path,
    ).toContain('/namespaces/argocd/');
  });

  it('begins the list again when its next page has expired', async () => {
    server.lists = [
      page([object('a', 1)], { resourceVersion: '1', continue: 'x' }),
      refuse(410),
      page([object('b', 1)], { resourceVersion: '2' }),
    ];
    server.watches = [stream([])];
    const recording = new Recording(server);

    await recording.until(({ log }) => log.includes('alive'));
    await recording.stop();

    expect(recording.log).toEqual([
      'page a first',
      'page b first last',
      'alive',
    ]);
  });

  it('does not start over silently for ever', async () => {
    server.lists = [refuse(410)];
    const recording = new Recording(server);

    await recording.until(({ problems }) => problems.length > 0);
    await recording.stop();

    expect(recording.problems[0]).toMatchObject({
      code: 'serverError',
      params: { status: '410' },
    });
    expect(server.count('list')).toBeGreaterThan(3);
  });

  it('names each problem, backs off while it lasts, and recovers', async () => {
    server.lists = [
      refuse(401),
      refuse(403),
      refuse(404),
      refuse(500),
      text('text/html', '<html>'),
      hang,
      reset,
      emptyPage,
    ];
    server.watches = [refuse(503), stream([event('ADDED', 'a', 2)])];
    const recording = new Recording(server);

    await recording.until(({ log }) => log.includes('ADDED a@2'));
    await recording.stop();

    expect(recording.log).toEqual([
      'unauthorized',
      'forbidden',
      'kindNotServed',
      'serverError',
      'notKubernetes',
      'timeout',
      'unreachable',
      'page first last',
      'serverError',
      'alive',
      'ADDED a@2',
    ]);
    // Refusals wait longer each time, and anew after the server was away; a kind that is not served, or not ours, has delays of its own.
    for (const [index, step] of [2, 2, 4, 4, 8, 16, 2, 2].entries()) {
      expect(recording.delays[index]).toBeGreaterThanOrEqual(step / 2);
      expect(recording.delays[index]).toBeLessThanOrEqual(step);
    }
  });

  it('keeps away as long as the server asks', async () => {
    server.lists = [
      response => {
        response.writeHead(429, { 'retry-after': '7' }).end();
      },
    ];
    const recording = new Recording(server);

    await recording.until(({ delays }) => delays.length > 0);
    await recording.stop();

    expect(recording.delays).toEqual([7000]);
  });

  it('does not call a server alive whose watches keep breaking, nor hammer it', async () => {
    server.lists = [emptyPage];
    server.watches = [stream([], 'reset')];
    const recording = new Recording(server);

    await recording.until(({ problems }) => problems.length > 2);
    await recording.stop();

    expect(recording.log.slice(0, 6)).toEqual([
      'page first last',
      'alive',
      'alive',
      'alive',
      'unreachable',
      'unreachable',
    ]);
  });

  it('notices a frozen server and one that went away, and finds it again', async () => {
    server.lists = [emptyPage];
    server.watches = [
      stream([event('ADDED', 'a', 2)]),
      hang,
      reset,
      stream([event('ADDED', 'b', 3)]),
    ];
    const recording = new Recording(server, { idleTimeoutMilliseconds: 50 });

    await recording.until(({ log }) => log.includes('ADDED b@3'));
    await recording.stop();

    expect(recording.log).toEqual([
      'page first last',
      'alive',
      'ADDED a@2',
      'timeout',
      'unreachable',
      'alive',
      'ADDED b@3',
    ]);
  });

  it('is patient with a slow server and with a slow receiver', async () => {
    server.lists = [
      async response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        for (const part of [
          '{"items":[],',
          '"metadata":',
          '{"resourceVersion":"1"}}',
        ]) {
          await new Promise(resolve => {
            setTimeout(resolve, 120);
          });
          response.write(part);
        }
        response.end();
      },
    ];
    server.watches = [
      stream([
        event('ADDED', 'a', 2),
        event('ADDED', 'b', 3),
        event('ADDED', 'c', 4),
      ]),
    ];
    const recording = new Recording(server, {
      idleTimeoutMilliseconds: 100,
      batchSize: 1,
      onEvents: async ([
        {
          object: { metadata },
        },
      ]) => {
        await new Promise(resolve => {
          setTimeout(resolve, 150);
        });
        recording.log.push(metadata.name);
      },
    });

    await recording.until(({ log }) => log.includes('c'));
    await recording.stop();

    expect(recording.log.slice(0, 5)).toEqual([
      'page first last',
      'alive',
      'a',
      'b',
      'c',
    ]);
    expect(recording.problems).toEqual([]);
  });

  it('watches several namespaces as one list', async () => {
    server.lists = [
      page([object('a', 1)], { resourceVersion: '5' }),
      page([object('b', 1)], { resourceVersion: '6' }),
    ];
    server.watches = [
      stream([event('ADDED', 'x', 7)]),
      stream([event('ADDED', 'y', 8)]),
    ];
    const recording = new Recording(server, { namespaces: ['one', 'two'] });

    await recording.until(
      ({ log }) => log.includes('ADDED y@8') && log.includes('ADDED x@7'),
    );
    await recording.stop();

    expect(recording.log.slice(0, 2)).toEqual(['page a first', 'page b last']);
    const watched = server.requests.filter(({ kind }) => kind === 'watch');
    expect(
      watched.map(({ path, query }) => [path, query.resourceVersion]).sort(),
    ).toEqual([
      ['/apis/argoproj.io/v1alpha1/namespaces/one/applications', '5'],
      ['/apis/argoproj.io/v1alpha1/namespaces/two/applications', '6'],
    ]);
  });

  it('falls back to the namespaces it may read', async () => {
    server.lists = [
      refuse(403),
      page([object('a', 1)], { resourceVersion: '5' }),
    ];
    server.watches = [stream([])];
    const recording = new Recording(server, { fallbackNamespaces: ['argocd'] });

    await recording.until(({ log }) => log.includes('alive'));
    await recording.stop();

    expect(recording.log).toEqual(['page a first last', 'alive']);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/apis/argoproj.io/v1alpha1/applications',
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
    ]);
  });

  it('lists all namespaces as soon as it may', async () => {
    const all = (path: string) => !path.includes('/namespaces/');
    let mayAll = false;
    server.lists = [
      (response, request) =>
        (all(request.url!) && !mayAll
          ? refuse(403)
          : page([object(all(request.url!) ? 'b' : 'a', 1)], {
              resourceVersion: '5',
            }))(response, request),
    ];
    server.versions = [
      (response, request) =>
        (all(request.url!) && !mayAll
          ? refuse(403)
          : page([object('a', 1)], { resourceVersion: '9' }))(
          response,
          request,
        ),
    ];
    server.watches = [
      stream([], 'end'),
      (response, request) => {
        mayAll = true;
        return stream([], 'end')(response, request);
      },
      stream([]),
    ];
    const recording = new Recording(server, { fallbackNamespaces: ['argocd'] });

    await recording.until(({ log }) => log.includes('page b first last'));
    await recording.stop();

    const pages = recording.log.filter(line => line.startsWith('page'));
    expect(pages).toEqual(['page a first last', 'page b first last']);
    expect(recording.problems).toEqual([]);
  });

  it('does not end for a line that nobody could hold', async () => {
    const endless = Buffer.alloc(33 * 1024 * 1024, 'x');
    server.lists = [emptyPage];
    server.watches = [
      async response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.flushHeaders();
        await new Promise(setImmediate);
        response.end(endless);
      },
      stream([event('ADDED', 'z', 9)]),
    ];
    const recording = new Recording(server);

    await recording.until(({ log }) => log.includes('ADDED z@9'));
    await recording.stop();

    expect(server.count('list')).toBe(2);
  });

  it.each<[string, Answer[], Answer[], string]>([
    ['while listing', [hang], [], 'list'],
    ['while watching', [emptyPage], [stream([bookmark(2)])], 'watch'],
    ['while opening a watch', [emptyPage], [hang], 'watch'],
    ['while backing off', [refuse(500)], [], 'list'],
  ])(
    'ends at once when aborted %s, and closes its sockets',
    async (_, lists, watches, kind) => {
      server.lists = lists;
      server.watches = watches;
      const recording = new Recording(server, {
        backoff: { initialMilliseconds: 60_000, maximumMilliseconds: 60_000 },
      });
      await recording.until(() => server.count(kind as 'list' | 'watch') > 0);
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });

      const before = Date.now();
      await recording.stop();
      await recording.until(() => server.sockets.size === 0);

      expect(Date.now() - before).toBeLessThan(150);
    },
  );

  it('believes a watch that broke often once it has held for a while', async () => {
    const breaking: Answer = response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 5);
    };
    const quiet: Answer = response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
    };
    server.lists = [emptyPage];
    server.watches = [breaking, breaking, breaking, breaking, quiet];
    const recording = new Recording(server);
    await recording.until(() => server.count('watch') === 5);
    const { length } = recording.log;
    await recording.until(({ log }) => log.slice(length).includes('alive'));
    await recording.stop();
  }, 60_000);

  it.each(['onPage', 'onEvents', 'onAlive', 'onProblem'] as const)(
    'ends when the receiver no longer takes what it brings: %s',
    async callback => {
      server.lists = [callback === 'onProblem' ? refuse(500) : emptyPage];
      server.watches = [
        stream([event('ADDED', 'a', 2), event('ADDED', 'b', 3)]),
      ];
      const recording = new Recording(server, {
        [callback]: async () => {
          throw new Error('lease lost');
        },
      });

      await expect(recording.done).rejects.toThrow('lease lost');
      await recording.until(() => server.sockets.size === 0);
    },
  );
});
