import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtPrograms, type Cluster } from '../../packages/lab/src';
import type { EstateModule } from './estate';
import { application as written } from '../status-ingest/applications';

/** Has a cluster know what an Application is, without an Argo CD on it: that makes it one that Slipway can watch. */
export async function serveApplications(cluster: Cluster): Promise<void> {
  const crds = join(await builtPrograms(), 'manifests', 'argocd', 'crds');
  for (const name of await readdir(crds)) {
    if (!name.startsWith('application-crd')) continue;
    await cluster.admin.apply(await readFile(join(crds, name), 'utf8'));
  }
  await cluster.admin.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'argocd' },
  });
}

/** A module's Application with ten resources and ten deployments, as Argo CD left it, that nobody works on. */
export function leftApplication(
  { environment, name, path }: EstateModule,
  repoUrl: string,
) {
  const left = written(0);
  const source = { ...left.spec.source, path, repoURL: repoUrl };
  const destination = { ...left.spec.destination, namespace: environment };
  return {
    ...left,
    metadata: { ...left.metadata, name },
    spec: { ...left.spec, source, destination },
  };
}
