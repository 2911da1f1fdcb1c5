import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Children } from './Children.mjs';
import { fromRoot } from './paths.mjs';
import { PlainError } from './plainError.mjs';
import { typescriptArgs } from './typescript.mjs';

const READY_MS = 420_000;
const POLL_MS = 200;

/**
 * Starts what the demo portal consists of: the demo (Git server and clusters)
 * and the backend, which serves the built pages.
 * @param {import('./portal.d.mts').StartPortalOptions} options
 * @returns {Promise<import('./portal.d.mts').Portal>}
 */
export async function startPortal(options) {
  const { node, port, dataDir, demoPorts } = options;
  const children = new Children(join(dataDir, 'logs'));
  const url = `http://localhost:${port}`;
  const secret = randomBytes(24).toString('hex');
  let die;
  const died = new Promise((_, reject) => {
    die = reason => reject(new PlainError(reason));
  });
  died.catch(() => {});
  const cancelled = options.stopped?.then(() => {
    throw new PlainError('Stopped before it was ready.');
  });
  cancelled?.catch(() => {});
  const unless = cancelled ? [died, cancelled] : [died];

  try {
    const demo = await Promise.race([
      ...unless,
      startDemo({ children, node, dataDir, demoPorts, url, secret, die }),
    ]);
    startDemoBackend({ children, node, dataDir, port, secret, demo, die });
    await Promise.race([...unless, untilSignInWorks(url)]);
    return { url, demo, died, stop: () => children.stop() };
  } catch (error) {
    await children.stop();
    throw error;
  }
}

function startDemo(options) {
  const { children, node, dataDir, demoPorts, url, secret, die } = options;
  return new Promise(resolve => {
    children.start({
      name: 'demo',
      executable: node.executable,
      args: [
        ...typescriptArgs,
        fromRoot('scripts', 'lib', 'runMain.cjs'),
        fromRoot('packages', 'demo', 'src', 'cli.ts'),
        ...['--data-dir', join(dataDir, 'demo')],
        ...['--webhook-url', `${url}/api/events/http/github`],
        ...['--webhook-secret', secret],
        ...(demoPorts === 'ephemeral' ? ['--ephemeral'] : []),
      ],
      cwd: fromRoot('packages', 'demo'),
      env: { ...node.env, NODE_ENV: 'development' },
      onLine: line => {
        if (line.startsWith('{"ready":true')) {
          resolve(JSON.parse(line).urls);
        }
      },
      isError: (_line, stream) => stream === 'stderr',
      onDeath: die,
    });
  });
}

function startDemoBackend({
  children,
  node,
  dataDir,
  port,
  secret,
  demo,
  die,
}) {
  const env = {
    SLIPWAY_DEMO_WEBHOOK_SECRET: secret,
    SLIPWAY_DEMO_GIT_URL: demo.git,
    SLIPWAY_DEMO_CLUSTER_TOKEN: 'demo',
  };
  for (const [name, server] of Object.entries(demo.clusters)) {
    const key = name.toUpperCase().replace(/-/g, '_');
    env[`SLIPWAY_DEMO_CLUSTER_${key}_URL`] = server;
  }
  startBackend({ children, node, dataDir, port, env, onDeath: die });
}

/**
 * Starts the backend, which serves the built pages.
 * @param {import('./portal.d.mts').StartBackendOptions} options
 */
export function startBackend(options) {
  const { children, node, dataDir, port, env, configs = [], onDeath } = options;
  const database = join(dataDir, 'database');
  mkdirSync(database, { recursive: true });
  children.start({
    name: 'backend',
    executable: node.executable,
    args: [
      ...typescriptArgs,
      fromRoot('packages', 'backend', 'src', 'index.ts'),
      ...[
        fromRoot('app-config.yaml'),
        fromRoot('app-config.demo.yaml'),
        ...configs,
      ].flatMap(file => ['--config', file]),
    ],
    cwd: fromRoot('packages', 'backend'),
    env: {
      ...node.env,
      NODE_ENV: 'development',
      SLIPWAY_DEMO_PORT: `${port}`,
      SLIPWAY_DEMO_DATABASE: database,
      ...env,
    },
    // `<time> <plugin> error <message>`, as the root logger writes it.
    isError: line => /^\S+ \S+ error /.test(line),
    onDeath,
  });
}

/**
 * Signing in needs the backend and the example people in the catalog.
 * @param {string} url
 */
export async function untilSignInWorks(url) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const response = await fetch(`${url}/api/auth/demo/refresh`, {
      headers: { 'x-demo-user': 'engineer' },
    }).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new PlainError(
    `The backend did not let anybody sign in at ${url} within ${
      READY_MS / 1000
    } s.`,
  );
}
