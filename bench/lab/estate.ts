import type { GitServer } from '../../packages/demo/src';
import type { KubernetesClient } from '../../packages/lab/src';

/** The config repo, on the lab's Git server and in the portal. */
export const REPO = 'estate';
/** The cluster that the Applications live on and deliver to. */
export const CENTER = 'center';
export const ENVIRONMENTS = 10;
/** In each environment. */
export const MODULES = 100;

const AT_ONCE = 8;
const NAMESPACE = 'argocd';
export const APPLICATIONS = `/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/applications`;

/** One of the thousand modules, by its number. */
export interface EstateModule {
  environment: string;
  module: string;
  /** Of its Application. */
  name: string;
  /** Of its folder in the config repo. */
  path: string;
}

export const ESTATE: EstateModule[] = Array.from(
  { length: ENVIRONMENTS * MODULES },
  (_, index) => {
    const environment = `env-${Math.floor(index / MODULES)}`;
    const module = `module-${String(index % MODULES).padStart(2, '0')}`;
    return {
      environment,
      module,
      name: `${environment}-${module}`,
      path: `${environment}/${module}`,
    };
  },
);

/** The one file of a module: a small ConfigMap. */
export function manifest({ module }: EstateModule, version: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${module} }
data: { version: '${version}' }
`;
}

export function manifestPath({ path }: EstateModule): string {
  return `${path}/configmap.yaml`;
}

/** Makes the config repo with all modules in one commit; `declared` says that each environment is on the centre. Resolves to its id. */
export async function createRepository(
  git: GitServer,
  { declared }: { declared: boolean },
): Promise<string> {
  await git.createRepository(REPO);
  const files = new Map(
    ESTATE.map(one => [manifestPath(one), manifest(one, 0)]),
  );
  files.set(
    '.slipway/repo.yaml',
    `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${REPO} }\nspec: {}\n`,
  );
  const environments = new Set(ESTATE.map(one => one.environment));
  for (const environment of declared ? environments : []) {
    files.set(
      `.slipway/environments/${environment}.yaml`,
      `apiVersion: slipway.dev/v1alpha1\nkind: Environment\nmetadata: { name: ${environment} }\nspec:\n  targets: [{ cluster: ${CENTER}, namespace: ${environment} }]\n`,
    );
  }
  return git.commit(REPO, 'main', [
    {
      message: 'Deliver a thousand modules',
      author: { name: 'engineer', email: 'engineer@example.com' },
      date: new Date(),
      files,
    },
  ]);
}

/** An Application that delivers a module by itself. */
export function application(one: EstateModule, repoUrl: string) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: one.name,
      namespace: NAMESPACE,
      // As Argo CD's documentation has it for a repository of many: a commit elsewhere is no reason to render it again.
      annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
    },
    spec: {
      project: 'default',
      source: { repoURL: repoUrl, targetRevision: 'main', path: one.path },
      destination: { name: 'in-cluster', namespace: one.environment },
      syncPolicy: { automated: {} },
    },
  };
}

/** Makes the namespaces that the modules are delivered to. */
export async function createNamespaces(admin: KubernetesClient): Promise<void> {
  await admin.apply(
    [...new Set(ESTATE.map(one => one.environment))].map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
  );
}

/** Makes Applications, some of them at a time. */
export async function createApplications(
  admin: KubernetesClient,
  applications: object[],
): Promise<void> {
  await someAtOnce(applications, one => admin.post(APPLICATIONS, one));
}

export async function someAtOnce<T>(
  items: T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
