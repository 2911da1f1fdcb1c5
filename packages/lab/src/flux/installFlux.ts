import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import type { KubernetesClient } from '../kubernetes';

/** Where Flux lives. */
export const NAMESPACE = 'flux-system';

/** Applies the definitions of Flux's kinds, as its controllers publish them, and makes its namespace. */
export async function installFlux(
  client: KubernetesClient,
  programs: string,
): Promise<void> {
  const folder = join(programs, 'manifests', 'flux', 'crds');
  for (const name of await readdir(folder)) {
    await client.apply(await readFile(join(folder, name), 'utf8'));
  }
  await client.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
}
