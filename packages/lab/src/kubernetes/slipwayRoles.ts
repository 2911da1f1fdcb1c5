import { readdir, readFile } from 'fs/promises';
import { dirname, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { findSources } from '../build/sources';
import { SLIPWAY } from './bootstrapObjects';
import { KubernetesObject } from './types';

/**
 * The ClusterRoles that `deploy/` tells operators to give Slipway, each bound to
 * the account of the lab: what is not in them is refused here as it would be there.
 */
export async function slipwayRoles(): Promise<KubernetesObject[]> {
  const deploy = join(dirname(findSources()), 'deploy');
  const files = (await readdir(deploy)).filter(name =>
    /^rbac-.*\.yaml$/.test(name),
  );
  const documents = await Promise.all(
    files.map(async name =>
      parseAllDocuments(await readFile(join(deploy, name), 'utf8')).map(
        document => document.toJS() as KubernetesObject,
      ),
    ),
  );
  const roles = documents.flat().filter(({ kind }) => kind === 'ClusterRole');
  return roles.flatMap(role => [role, bindingOf(role.metadata.name)]);
}

function bindingOf(role: string): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role,
    },
    subjects: [{ kind: 'ServiceAccount', name: SLIPWAY, namespace: SLIPWAY }],
  };
}
