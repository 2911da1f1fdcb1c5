import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { parse } from 'yaml';
import type { KubernetesClient } from '../kubernetes';

/** Where Flux lives. */
export const NAMESPACE = 'flux-system';

/** As a release of Flux labels all that it installs; this one is none. */
const DISTRIBUTION = {
  'app.kubernetes.io/instance': NAMESPACE,
  'app.kubernetes.io/part-of': 'flux',
  'app.kubernetes.io/version': 'lab',
};

/** Applies the definitions of Flux's kinds, as its controllers publish them, and makes its namespace. */
export async function installFlux(
  client: KubernetesClient,
  programs: string,
): Promise<void> {
  const folder = join(programs, 'manifests', 'flux', 'crds');
  for (const name of await readdir(folder)) {
    const definition = parse(await readFile(join(folder, name), 'utf8'));
    definition.metadata.labels = DISTRIBUTION;
    await client.apply(definition);
  }
  await client.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
}
