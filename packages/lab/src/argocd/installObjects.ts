import { randomBytes } from 'crypto';
import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { parse } from 'yaml';
import { KubernetesClient, KubernetesObject } from '../kubernetes';

/** Where Argo CD lives unless told. */
export const DEFAULT_NAMESPACE = 'argocd';

/** An account of Argo CD's own API that may read everything and change nothing. */
export const READER = 'slipway';

async function applyFolder(
  client: KubernetesClient,
  folder: string,
  namespace?: string,
): Promise<void> {
  for (const name of await readdir(folder)) {
    await client.apply(await readFile(join(folder, name), 'utf8'), {
      namespace,
    });
  }
}

/** Applies Argo CD's definitions and settings, as its own manifests have them, and a project that allows everything. */
export async function installArgoCd(
  client: KubernetesClient,
  programs: string,
  namespace: string,
): Promise<void> {
  const manifests = join(programs, 'manifests', 'argocd');
  await applyFolder(client, join(manifests, 'crds'));
  await client.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  await applyFolder(client, join(manifests, 'config'), namespace);
  await client.apply(ownSettings(namespace));
  const controller = parse(
    await readFile(join(manifests, 'controller.yaml'), 'utf8'),
  );
  // Its program runs outside of the cluster; what is read of it is its image.
  controller.spec.replicas = 0;
  await client.apply(controller, { namespace });
}

function ownSettings(namespace: string): KubernetesObject[] {
  const settings = (
    name: string,
    content: Partial<KubernetesObject>,
  ): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
    ...content,
  });
  return [
    settings('argocd-cm', {
      data: {
        [`accounts.${READER}`]: 'apiKey',
        // Else several on one cluster would take each other's resources for their own.
        installationID: namespace,
      },
    }),
    settings('argocd-rbac-cm', {
      data: { 'policy.csv': `g, ${READER}, role:readonly\n` },
    }),
    settings('argocd-secret', {
      kind: 'Secret',
      stringData: {
        'server.secretkey': randomBytes(32).toString('base64'),
      },
    }),
    // Without it Argo CD looks for a password and finds none.
    settings('argocd-redis', { kind: 'Secret', stringData: { auth: '' } }),
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ namespace: '*', server: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
  ];
}
