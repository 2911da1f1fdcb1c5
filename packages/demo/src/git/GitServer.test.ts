import { execFile } from 'child_process';
import { createServer } from 'http';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { GitServer } from './GitServer';
import { gitEnvironment } from './runGit';
import { PushEvent } from './types';
import { signWebhookBody } from './webhook';

const execute = promisify(execFile);
const author = { name: 'engineer', email: 'engineer@example.com' };

describe('GitServer', () => {
  let folder: string;
  const stops: Array<() => Promise<unknown>> = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-git-'));
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
    await rm(folder, { recursive: true, force: true });
  });

  async function git(cwd: string, ...args: string[]): Promise<string> {
    const identity = [
      '-c',
      'user.name=engineer',
      '-c',
      'user.email=engineer@example.com',
    ];
    const { stdout } = await execute('git', [...identity, ...args], {
      cwd,
      env: gitEnvironment(),
    });
    return stdout.trim();
  }

  async function startReceiver() {
    const deliveries: Array<{
      headers: NodeJS.Dict<string | string[]>;
      body: string;
    }> = [];
    let refusals = 1;
    const receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      response.statusCode = refusals-- > 0 ? 503 : 202;
      if (response.statusCode === 202) {
        deliveries.push({ headers: request.headers, body });
      }
      response.end();
    });
    await new Promise<void>(resolve =>
      receiver.listen(0, '127.0.0.1', () => resolve()),
    );
    stops.push(async () => receiver.close());
    return {
      deliveries,
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    };
  }

  it('serves clone, push and fetch, and tells listeners and a signed web hook', async () => {
    const receiver = await startReceiver();
    const server = await GitServer.create({
      root: join(folder, 'repositories'),
      port: 0,
      webhooks: [{ url: receiver.url, secret: 'hush' }],
    });
    stops.push(() => server.stop());
    const repository = await server.createRepository('shop');
    const events: PushEvent[] = [];
    server.onPush(event => events.push(event));

    const first = await server.commit('shop', 'main', [
      {
        message: 'Start',
        author,
        date: new Date(0),
        files: new Map([
          ['dev/web/a.yaml', 'a: 1\n'],
          ['环境/x y.yaml', '甲\n'],
        ]),
      },
      {
        message: 'Second',
        author,
        date: new Date(86_400_000),
        files: new Map([['dev/web/a.yaml', 'a: 2\n']]),
      },
    ]);
    expect(events).toEqual([
      {
        repository: 'shop',
        ref: 'refs/heads/main',
        before: '0'.repeat(40),
        after: first,
      },
    ]);

    await git(
      folder,
      'clone',
      '--quiet',
      server.repositoryUrl('shop'),
      'clone',
    );
    const clone = join(folder, 'clone');
    expect(await git(clone, 'log', '--format=%s %an %ad', '--date=short')).toBe(
      'Second engineer 1970-01-02\nStart engineer 1970-01-01',
    );
    expect(await readFile(join(clone, '环境/x y.yaml'), 'utf8')).toBe('甲\n');
    expect(
      await git(
        folder,
        '-c',
        'protocol.version=2',
        'ls-remote',
        '--symref',
        server.repositoryUrl('shop'),
        'HEAD',
      ),
    ).toBe(`ref: refs/heads/main\tHEAD\n${first}\tHEAD`);

    // Large enough that git compresses and chunks what it sends.
    await writeFile(
      join(clone, 'big.txt'),
      Array.from({ length: 200_000 }, (_, i) => i * 7919).join('\n'),
    );
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'Third');
    await git(
      clone,
      '-c',
      'http.postBuffer=65536',
      'push',
      '--quiet',
      'origin',
      'HEAD:main',
      'HEAD:refs/heads/side',
    );
    const second = await git(clone, 'rev-parse', 'HEAD');
    expect(events.slice(1)).toEqual([
      {
        repository: 'shop',
        ref: 'refs/heads/main',
        before: first,
        after: second,
      },
      {
        repository: 'shop',
        ref: 'refs/heads/side',
        before: '0'.repeat(40),
        after: second,
      },
    ]);

    // A refused push tells nobody.
    await git(clone, 'reset', '--quiet', '--hard', 'HEAD~2');
    await git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Aside');
    await expect(git(clone, 'push', 'origin', 'HEAD:main')).rejects.toThrow(
      /rejected/,
    );
    expect(events).toHaveLength(3);
    expect(await repository.resolve('main')).toBe(second);
    expect(await repository.resolve('side')).toBe(second);
    expect(await repository.resolve('nowhere')).toBeUndefined();
    expect(await repository.resolve('--all')).toBeUndefined();
    expect((await repository.snapshot(first)).get('dev/web/a.yaml')).toBe(
      'a: 2\n',
    );
    expect((await repository.snapshot(second)).size).toBe(3);

    const deadline = Date.now() + 60_000;
    while (receiver.deliveries.length < 3 && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const delivery = receiver.deliveries.find(
      ({ body }) => JSON.parse(body).ref === 'refs/heads/side',
    )!;
    expect(delivery.headers).toMatchObject({
      'x-github-event': 'push',
      'x-hub-signature-256': signWebhookBody(delivery.body, 'hush'),
    });
    expect(JSON.parse(delivery.body)).toEqual({
      ref: 'refs/heads/side',
      before: '0'.repeat(40),
      after: second,
      repository: {
        name: 'shop',
        full_name: 'demo/shop',
        clone_url: server.repositoryUrl('shop'),
        html_url: `${server.url}/shop`,
      },
    });
    expect(signWebhookBody('Hello, World!', "It's a Secret to Everybody")).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  it('asks for credentials where told, and keeps its repositories', async () => {
    const root = join(folder, 'repositories');
    const first = await GitServer.create({ root, port: 0 });
    await first.createRepository('closed');
    await first.commit('closed', 'main', [
      {
        message: 'Start',
        author,
        date: new Date(),
        files: new Map([['a', 'b']]),
      },
    ]);
    await first.stop();

    const server = await GitServer.create({
      root,
      port: 0,
      auth: { closed: { username: 'slipway', password: 'p@ss' } },
    });
    stops.push(() => server.stop());
    expect(server.repositories().map(({ name }) => name)).toEqual(['closed']);
    const url = server.repositoryUrl('closed');
    await expect(git(folder, 'ls-remote', url)).rejects.toThrow(
      /Authentication|could not read Username/,
    );
    await expect(
      git(folder, 'ls-remote', url.replace('://', '://slipway:no@')),
    ).rejects.toThrow(/Authentication/);
    expect(
      await git(folder, 'ls-remote', url.replace('://', '://slipway:p%40ss@')),
    ).toMatch(/refs\/heads\/main/);
    await expect(
      git(folder, 'ls-remote', server.repositoryUrl('other')),
    ).rejects.toThrow(/not found/);
    await expect(server.createRepository('../escape')).rejects.toThrow(
      /no name/,
    );
  });
});
