import { join } from 'node:path';
import type { EngineObject } from '../../plugins/slipway-node/src';
import { fastImport } from '../../plugins/slipway-backend/src/git/testUtils/fastImport';
import type { GitServer } from '../../plugins/slipway-backend/src/git/testUtils/gitServer';

export const REPO = 'estate.git';
export const MODULES = 100;
export const CLUSTERS = Array.from({ length: 33 }, (_, index) => ({
  name: `c-${padded(index)}`,
  title: `集群 ${padded(index)}`,
}));

const STAGES = ['dev', 'qa', 'uat', 'live'];

/** Brings the environments from one number to below another into Git; answers the new head. */
export async function commitEnvironments(
  server: GitServer,
  from: number,
  to: number,
): Promise<string> {
  const files: Record<string, string> = { '.slipway/repo.yaml': repoFile() };
  for (let environment = from; environment < to; environment++) {
    const name = environmentName(environment);
    files[`.slipway/environments/${name}.yaml`] = environmentFile(environment);
    for (let module = 0; module < MODULES; module++) {
      const path = `${name}/${moduleName(module)}`;
      files[`${path}/deployment.yaml`] = manifest('Deployment', path);
      files[`${path}/service.yaml`] = manifest('Service', path);
    }
  }
  const message = `Environments ${from} to ${to - 1}`;
  await fastImport(join(server.root, REPO), [{ files, message }]);
  return server.git(REPO, ['rev-parse', 'main']);
}

/** What the Argo CD of one cluster says of its modules, most of them well. */
export function applications(options: {
  cluster: string;
  environments: number;
  revision: string;
  repoUrl: string;
}): EngineObject[] {
  const objects: EngineObject[] = [];
  for (let index = 0; index < options.environments; index++) {
    if (clusterOf(index) !== options.cluster) continue;
    for (let module = 0; module < MODULES; module++) {
      objects.push(application(index, module, options));
    }
  }
  return objects;
}

export function environmentName(index: number): string {
  return `env-${padded(index)}`;
}

function application(
  index: number,
  module: number,
  options: { cluster: string; revision: string; repoUrl: string },
): EngineObject {
  const environment = environmentName(index);
  const name = `${environment}-${moduleName(module)}`;
  const number = index * MODULES + module;
  return {
    key: {
      engine: 'argocd',
      cluster: options.cluster,
      namespace: 'argocd',
      name,
    },
    uid: name,
    resourceVersion: `${number}`,
    sources: [
      {
        repoUrl: options.repoUrl,
        path: `${environment}/${moduleName(module)}`,
        recurse: false,
        appliedRevision: options.revision,
      },
    ],
    destination: { inCluster: true, namespace: environment },
    health: { state: number % 701 === 0 ? 'Degraded' : 'Healthy' },
    sync: { state: number % 907 === 0 ? 'OutOfSync' : 'Synced' },
    operation: { phase: number % 1301 === 0 ? 'Failed' : 'Succeeded' },
    conditions: [],
    images: [`registry.example/${moduleName(module)}:1.${index}.0`],
    resources: ['Deployment', 'Service'].map(kind => ({
      group: kind === 'Deployment' ? 'apps' : '',
      version: 'v1',
      kind,
      namespace: environment,
      name: moduleName(module),
      status: 'Synced',
      message: `${kind.toLowerCase()}/${moduleName(module)} unchanged`,
    })),
  };
}

function repoFile(): string {
  return `
apiVersion: slipway.dev/v1alpha1
kind: ConfigRepo
metadata: { name: estate, title: 全部环境 }
spec:
  owner: group:default/shop
  stages: [${STAGES.join(', ')}]
`;
}

function environmentFile(index: number): string {
  const name = environmentName(index);
  const cluster = clusterOf(index);
  return `
apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${name}, title: 环境 ${padded(
    index,
  )}, description: What ${cluster} runs for region ${index % 7} }
spec:
  targets: [{ cluster: ${cluster}, namespace: ${name} }]
  stage: ${STAGES[index % STAGES.length]}
`;
}

function manifest(kind: string, path: string): string {
  const [environment, module] = path.split('/');
  return `apiVersion: v1
kind: ${kind}
metadata:
  name: ${module}
  namespace: ${environment}
`;
}

function clusterOf(environment: number): string {
  return CLUSTERS[environment % CLUSTERS.length].name;
}

function moduleName(module: number): string {
  return `module-${padded(module)}`;
}

function padded(index: number): string {
  return String(index).padStart(2, '0');
}
