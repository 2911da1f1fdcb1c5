import { readFile } from 'fs/promises';
import { join } from 'path';
import { parse } from 'yaml';
import type { Cluster, KubernetesObject } from '../../kubernetes';
import { until } from '../../program';

const KIND = '/apis/argoproj.io/v1alpha1';
const DEFINITION =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/applications.argoproj.io';

/** What a test writes into an Application as Argo CD would. */
export interface ApplicationContent {
  /** Its folder in the repository is `{environment}/{module}`. */
  environment: string;
  module: string;
  /** The tag of the image that it runs. */
  version: number;
  /** Further fields of its status. */
  status?: object;
  metadata?: object;
  spec?: object;
}

/** A CustomResourceDefinition. */
interface Definition extends KubernetesObject {
  spec: { versions: Array<{ name: string }> };
}

/** Applications of one namespace on a real API server without an Argo CD: a test writes what one would. */
export class Applications {
  readonly #cluster: Cluster;
  readonly #repoUrl: string;
  readonly #namespace: string;

  static of(options: {
    cluster: Cluster;
    repoUrl: string;
    namespace?: string;
  }): Applications {
    return new Applications(options);
  }

  private constructor(options: {
    cluster: Cluster;
    repoUrl: string;
    namespace?: string;
  }) {
    this.#cluster = options.cluster;
    this.#repoUrl = options.repoUrl;
    this.#namespace = options.namespace ?? 'argocd';
  }

  /** Defines the kind on the cluster as Argo CD's own manifests do, or in another version, and makes the namespace. */
  async define(programs: string, version = 'v1alpha1'): Promise<void> {
    const definition = await readDefinition(programs);
    definition.spec.versions[0].name = version;
    await this.#cluster.admin.apply([
      definition,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: this.#namespace },
      },
    ]);
    if (version === 'v1alpha1') {
      // At first nothing is served, then its storage is not ready (429).
      await until(
        () => this.#cluster.admin.find(this.path()).catch(() => undefined),
        { what: 'Applications are served' },
      );
    }
  }

  /** Takes the kind away, and with it all Applications. */
  async undefine(): Promise<void> {
    await this.#cluster.admin.delete(DEFINITION);
    await until(async () => !(await this.#cluster.admin.find(DEFINITION)), {
      what: 'the kind is gone',
    });
  }

  async create(content: ApplicationContent): Promise<void> {
    await this.#cluster.admin.post(
      this.path(),
      applicationOf(content, {
        repoUrl: this.#repoUrl,
        namespace: this.#namespace,
      }),
    );
  }

  /** Sets the tag of the image that it runs. */
  async setVersion(name: string, version: number): Promise<void> {
    await this.patch(name, { status: { summary: summaryOf(version) } });
  }

  async patch(name: string, patch: object): Promise<void> {
    await this.#cluster.admin.mergePatch(this.path(name), patch);
  }

  async delete(name: string): Promise<void> {
    await this.#cluster.admin.delete(this.path(name));
  }

  /** Of all, or of one. */
  path(name?: string): string {
    const all = `${KIND}/namespaces/${this.#namespace}/applications`;
    return name ? `${all}/${name}` : all;
  }
}

/** An Application as Argo CD would leave it. */
export function applicationOf(
  content: ApplicationContent,
  { repoUrl, namespace }: { repoUrl: string; namespace: string },
): KubernetesObject {
  const { environment, module, version, status, metadata, spec } = content;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: module, namespace, ...metadata },
    spec: {
      project: 'default',
      source: {
        repoURL: repoUrl,
        targetRevision: 'main',
        path: `${environment}/${module}`,
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: environment,
      },
      ...spec,
    },
    status: {
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
      summary: summaryOf(version),
      ...status,
    },
  };
}

/** Argo CD's own definition of the kind. */
async function readDefinition(programs: string): Promise<Definition> {
  const folder = join(programs, 'manifests', 'argocd', 'crds');
  const text = await readFile(join(folder, 'application-crd.yaml'), 'utf8');
  return parse(text);
}

function summaryOf(version: number) {
  return { images: [`registry.example/web:${version}`] };
}
