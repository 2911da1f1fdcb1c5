import { execFile, spawn } from 'child_process';
import { once } from 'events';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { Demo, startDemo } from './demo';

jest.setTimeout(300_000);

const execute = promisify(execFile);

interface ApplicationState {
  name: string;
  sync?: string;
  health?: string;
  revision?: string | string[];
  operation?: string;
  conditions?: string[];
  mood?: string;
}
interface State {
  repositories: Array<{ name: string; url: string; head: string }>;
  clusters: Array<{
    name: string;
    fault: { type: string };
    applications: ApplicationState[];
  }>;
}

describe('the demo', () => {
  let folder: string;
  let demo: Demo;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    demo = await startDemo({
      dataDir: folder,
      ports: 'ephemeral',
      workloadDelay: 20,
    });
  });
  afterAll(async () => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function call(path: string, body?: object) {
    const response = await fetch(`${demo.urls.control}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  async function until(
    isWished: (
      state: State,
      find: (cluster: string, name: string) => ApplicationState | undefined,
    ) => boolean,
  ): Promise<State> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const state: State = (await call('/state')).body;
      const find = (cluster: string, name: string) =>
        state.clusters
          .find(item => item.name === cluster)
          ?.applications.find(item => item.name === name);
      if (isWished(state, find)) {
        return state;
      }
      if (Date.now() > deadline) {
        throw new Error(JSON.stringify(state, undefined, 1));
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
  const isSettled = ({ clusters }: State) =>
    clusters.flatMap(({ applications }) => applications).length >= 62 &&
    clusters
      .flatMap(({ applications }) => applications)
      .every(
        ({ sync, health, operation }) =>
          sync === 'Synced' &&
          health === 'Healthy' &&
          operation === 'Succeeded',
      );

  it('comes up with everything synced, and shows what it is told to', async () => {
    const state = await until(isSettled);
    const names = Object.fromEntries(
      state.clusters.map(({ name, applications }) => [
        name,
        applications.map(item => item.name).sort(),
      ]),
    );
    expect(names.gd).toEqual([
      'shop-prod1-cart',
      'shop-prod1-catalog',
      'shop-prod1-checkout',
      'shop-prod1-payment',
      'shop-prod1-search',
      'shop-prod1-web',
      'shop-root',
    ]);
    expect(names.xj).toEqual([]);
    expect(names['data-collect']).toEqual([
      'dev-test-artifact-server',
      'dev-test-basic',
      'devops-root',
    ]);
    expect(names['devops-test']).toEqual([
      'devops-root',
      'devops-test-pod6-basic',
      'devops-test-pod6-clickhouse',
      'devops-test-pod6-devops-consumer',
      'devops-test-pod6-middleware',
      'legacy-uat-devops-consumer',
    ]);
    expect(names.center).toEqual(
      expect.arrayContaining([
        'shop-lt',
        'shop-prod2-web',
        'platform-prod-gateway',
        'production-appupdate',
        'shop-sandbox-web',
      ]),
    );
    expect(names.center).not.toContain('shop-release-search');
    const remote = await fetch(
      `${demo.urls.clusters.xj}/apis/apps/v1/namespaces/shop/deployments`,
    );
    expect((await remote.json()).items).toHaveLength(6);

    const shop = state.repositories.find(({ name }) => name === 'shop')!;
    await execute('git', ['clone', '--quiet', shop.url, join(folder, 'clone')]);
    const { stdout } = await execute(
      'git',
      ['log', '--format=%an', '-1', '--', 'dev/checkout'],
      { cwd: join(folder, 'clone') },
    );
    expect(stdout.trim()).toBe('engineer');

    const application = '/clusters/center/applications/shop-qa-cart';
    for (const [mood, isShown] of [
      ['degrade', ({ health }: ApplicationState) => health === 'Degraded'],
      ['slow', ({ health }: ApplicationState) => health === 'Progressing'],
      ['outofsync', ({ sync }: ApplicationState) => sync === 'OutOfSync'],
      [
        'recover',
        ({ sync, health, mood: left }: ApplicationState) =>
          sync === 'Synced' && health === 'Healthy' && !left,
      ],
    ] as const) {
      expect(await call(`${application}/${mood}`, {})).toMatchObject({
        status: 200,
      });
      await until((_, find) => isShown(find('center', 'shop-qa-cart')!));
    }

    const { commit } = (
      await call('/git/shop/commit', {
        path: 'qa/cart/configmap.yaml',
        content: 'apiVersion: v1\nkind: ConfigMap\nmetadata: [',
        message: 'Oops',
        author: 'outsider',
      })
    ).body;
    await until(
      (_, find) =>
        find('center', 'shop-qa-cart')!.conditions?.[0].startsWith(
          'ComparisonError',
        ) ?? false,
    );
    await until(
      (_, find) => find('center', 'shop-qa-web')!.revision === commit,
    );
    await call('/git/shop/commit', {
      path: 'qa/cart/configmap.yaml',
      content:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cart-config }\n',
    });
    await until((_, find) => find('center', 'shop-qa-cart')!.sync === 'Synced');

    expect(await call('/clusters/gd/fault', { type: 'offline' })).toMatchObject(
      { status: 200 },
    );
    await expect(fetch(`${demo.urls.clusters.gd}/version`)).rejects.toThrow();
    expect((await call('/state')).body.clusters[1].fault).toEqual({
      type: 'offline',
    });
    await call('/clusters/gd/fault', { type: 'none' });
    expect((await fetch(`${demo.urls.clusters.gd}/version`)).status).toBe(200);

    for (const [path, body, status] of [
      ['/clusters/none/fault', { type: 'none' }, 404],
      ['/clusters/gd/fault', {}, 400],
      ['/clusters/gd/applications/none/degrade', {}, 404],
      [`${application}/happy`, {}, 404],
      ['/git/none/commit', { path: 'a', content: 'b' }, 404],
      ['/git/shop/commit', { path: '../a', content: 'b' }, 400],
      ['/git/shop/commit', { path: '.git/config', content: 'b' }, 400],
      ['/git/shop/commit', { content: 'b' }, 400],
    ] as const) {
      expect([path, (await call(path, body)).status]).toEqual([path, status]);
    }
  });

  it('keeps its data and addresses, and refuses to move', async () => {
    const { urls } = demo;
    const head = await demo.git.repository('shop')!.resolve('main');
    await demo.stop();
    await expect(startDemo({ dataDir: folder })).rejects.toThrow(
      /made for other ports/,
    );
    const started = Date.now();
    demo = await startDemo({
      dataDir: folder,
      ports: 'ephemeral',
      workloadDelay: 20,
    });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(demo.urls).toEqual(urls);
    expect(await demo.git.repository('shop')!.resolve('main')).toBe(head);
    await until(isSettled);
    await expect(
      startDemo({
        dataDir: join(folder, 'other'),
        ports: { git: Number(new URL(urls.git).port) },
      }),
    ).rejects.toThrow(/port \d+ is in use/);
  });

  it('runs in the foreground until it is told to stop', async () => {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '--eval',
        // Evaluated code has no file name among its arguments.
        `require(${JSON.stringify(
          join(__dirname, 'cli.ts'),
        )}).main(process.argv.slice(1))`,
        '--',
        '--ephemeral',
        '--data-dir',
        join(folder, 'cli'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(child.stdout, 'data');
    const ready = JSON.parse(line.toString());
    expect(ready).toMatchObject({
      ready: true,
      urls: { git: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    });
    expect(Object.keys(ready.urls.clusters)).toEqual([
      'center',
      'gd',
      'xj',
      'devops-test',
      'data-collect',
    ]);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await expect(fetch(ready.urls.git)).rejects.toThrow();
  });
});
