import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { tryPort } from '../../scripts/lib/ports.mjs';
import { CLUSTERS } from './estate';
import type { ToldEngine } from './ToldEngine';

const ROOT = join(__dirname, '..', '..');

/** What is shown on an entity: the module of one System's part, and everything of the System. */
const ENTITIES = `
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: estate, annotations: { slipway.dev/config-repo: estate } }
spec: { owner: shop }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: module-07
  annotations: { slipway.dev/config-repo: estate, slipway.dev/module: module-07 }
spec: { type: service, lifecycle: production, owner: shop, system: estate }
`;

export interface Portal {
  /** Of Slipway's API. */
  url: string;
  /** Of a signed-in person. */
  token: string;
  stop(): Promise<void>;
}

/**
 * The backend of a portal as people run it: sign-in, tokens, permission policy, catalog, signals. Only the sync
 * engine is told what to say, and the remote is looked at on demand only.
 */
export async function startPortal(options: {
  directory: string;
  database: JsonObject;
  repoUrl: string;
  engine: ToldEngine;
  /** Of `examples/org.yaml`; an engineer when absent. */
  person?: string;
}): Promise<Portal> {
  const { directory, database, repoUrl, engine } = options;
  const { person = 'engineer' } = options;
  await writeFile(join(directory, 'entities.yaml'), ENTITIES);
  const port = await tryPort(0);
  const url = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database,
        },
        auth: { providers: { demo: { people: [signedIn(person)] } } },
        permission: { enabled: true },
        catalog: {
          rules: [{ allow: ['Component', 'System', 'User', 'Group'] }],
          locations: [
            file(join(ROOT, 'examples', 'org.yaml')),
            file(join(directory, 'entities.yaml')),
          ],
        },
        slipway: {
          cacheDirectory: join(directory, 'cache'),
          configRepos: [
            { name: 'estate', url: repoUrl, refresh: { minutes: 60 } },
          ],
          clusters: CLUSTERS.map(cluster => ({
            ...cluster,
            engines: [engine.kind],
            auth: {
              type: 'serviceAccount',
              server: `https://${cluster.name}.invalid`,
              token: 'token',
            },
          })),
        },
      },
    }),
  );
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('../../packages/backend/src/auth'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('../../packages/backend/src/permission'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('../../plugins/slipway-backend/src'));
  backend.add(engine.asModule());
  await backend.start();
  return {
    url: `${url}/api/slipway`,
    token: await signIn(url, person),
    stop: () => backend.stop(),
  };
}

/** Waits until the catalog knows the example people. */
async function signIn(url: string, person: string): Promise<string> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const response = await fetch(`${url}/api/auth/demo/refresh`, {
      headers: {
        'x-demo-user': person,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    const body = await response.json();
    if (response.ok) return body.backstageIdentity.token;
    await delay(100);
  }
  throw new Error('Nobody could sign in within a minute');
}

function signedIn(name: string) {
  return {
    name,
    title: { en: name },
    description: { en: 'Looks at environments' },
  };
}

function file(target: string) {
  return { type: 'file', target };
}
