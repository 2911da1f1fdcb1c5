import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBackend, untilSignInWorks } from './portal.mjs';

/**
 * Starts the portal on a lab, from nothing: what it knew of another is gone.
 * @param {{
 *   children: import('./Children.mjs').Children, node: import('./portal.d.mts').SupportedNode,
 *   port: number, dataDir: string, lab: import('./lab.d.mts').RunningLab, onDeath: (reason: string) => void,
 * }} options
 * @returns {Promise<string>} the portal's address
 */
export async function startLabPortal(options) {
  const { children, node, port, dataDir, lab, onDeath } = options;
  rmSync(join(dataDir, 'database'), { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, 'app-config.lab.yaml');
  writeFileSync(config, JSON.stringify(toConfig(lab), undefined, 2));
  startBackend({
    children,
    node,
    port,
    dataDir,
    configs: [config],
    env: { SLIPWAY_DEMO_WEBHOOK_SECRET: randomBytes(24).toString('hex') },
    onDeath,
  });
  const url = `http://localhost:${port}`;
  await untilSignInWorks(url);
  return url;
}

/** The lab's repository and clusters, instead of the demo's. JSON is YAML. */
function toConfig({ git, clusters, argoCds }) {
  return {
    slipway: {
      configRepos: [
        {
          name: 'lab',
          url: `${git}/lab.git`,
          branch: 'main',
          refresh: { minutes: 0.2 },
        },
      ],
      clusters: Object.entries(clusters).map(
        ([name, { url, engines, caFile, slipwayTokenFile }]) => ({
          name,
          engines,
          aliases: [url],
          ...(argoCds[name] && { argocd: toArgoCd(argoCds[name]) }),
          auth: {
            type: 'serviceAccount',
            server: url,
            tokenFile: slipwayTokenFile,
            caFile,
          },
        }),
      ),
    },
  };
}

/** With the API, resources have a health: Argo CD keeps it there. */
function toArgoCd({ url, adminToken }) {
  return { api: { url, token: adminToken } };
}
