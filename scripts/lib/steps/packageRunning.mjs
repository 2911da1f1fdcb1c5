import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Children } from '../Children.mjs';
import { PlainError } from '../plainError.mjs';
import { tryPort } from '../ports.mjs';

const READY_MS = 420_000;
const POLL_MS = 250;

/**
 * Runs a portal's backend from its sources, as its `yarn start` does, until the work is done.
 * @template T
 * @param {{ node: import('../portal.d.mts').SupportedNode, portal: string, app: string }} options
 *   `app` is the package whose pages it serves
 * @param {(url: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBackend({ node, portal, app }, work) {
  const port = await tryPort(0);
  const url = `http://localhost:${port}`;
  const config = join(portal, 'app-config.local.yaml');
  await writeFile(
    config,
    `app: { baseUrl: '${url}', packageName: ${app} }
backend: { baseUrl: '${url}', listen: { host: 127.0.0.1, port: ${port} } }
`,
  );
  const children = new Children(join(portal, 'logs'));
  const died = new Promise((_, reject) => {
    children.start({
      name: `backend-${app}`,
      executable: node.executable,
      args: [
        '--require',
        join(
          portal,
          'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
        ),
        join(portal, 'packages/backend/src/index.ts'),
        ...['--config', join(portal, 'app-config.yaml'), '--config', config],
      ],
      cwd: join(portal, 'packages', 'backend'),
      env: { ...node.env, NODE_ENV: 'development' },
      onDeath: reason => reject(new PlainError(reason)),
    });
  });
  died.catch(() => {});
  try {
    await Promise.race([died, untilReady(url)]);
    return await Promise.race([died, work(url)]);
  } finally {
    await children.stop();
  }
}

async function untilReady(url) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const health = await fetch(`${url}/.backstage/health/v1/readiness`).catch(
      () => undefined,
    );
    if (health?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new PlainError(
    `The portal's backend was not ready within ${READY_MS / 1000} s.`,
  );
}

/** Fails unless the plugin answers nobody without a token. */
export async function assertClosed(url) {
  const { status } = await fetch(`${url}/api/slipway/config-repos`);
  if (status !== 401) {
    throw new PlainError(`Without a token it answers ${status}, not 401`);
  }
}

/** Fails unless a guest sees the config repo of docs/install.md, and that it cannot be reached. */
export async function assertConfigRepoUnreachable(url) {
  const until = Date.now() + READY_MS;
  let seen;
  while (Date.now() < until) {
    const { items } = await getAsGuest(url, '/api/slipway/config-repos');
    seen = items;
    if (items[0]?.name === 'shop' && items[0].status.state === 'Failed') {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new PlainError(
    `The config repo shop is not Failed: ${JSON.stringify(seen)}`,
  );
}

async function getAsGuest(url, path) {
  const signedIn = await fetch(`${url}/api/auth/guest/refresh`);
  const { backstageIdentity } = await signedIn.json();
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${backstageIdentity?.token}` },
  });
  if (!response.ok) {
    throw new PlainError(
      `${path} answers ${response.status}: ${await response.text()}`,
    );
  }
  return response.json();
}
