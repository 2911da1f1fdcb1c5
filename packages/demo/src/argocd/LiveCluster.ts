import { Informer } from './Informer';
import { ApiResource, KubernetesClient } from './KubernetesClient';
import { trackedApplication } from './tracking';
import { KubernetesObject } from './types';

/** Options of {@link LiveCluster.create}. */
export interface LiveClusterOptions {
  client: KubernetesClient;
  /** Called for every object that changed, not for our own writes. */
  onChange: (object: KubernetesObject) => void;
}

/** Kinds that nearly every Application has: watched from the start, so that leftovers are found after a restart. */
const COMMON_KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'Job'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['argoproj.io/v1alpha1', 'Application'],
] as const;

/** The live state of one destination cluster, watched kind by kind. */
export class LiveCluster {
  readonly client: KubernetesClient;
  readonly #onChange: (object: KubernetesObject) => void;
  readonly #informers = new Map<string, Promise<Informer>>();
  readonly #started: Informer[] = [];
  #stopped = false;

  static create(options: LiveClusterOptions): LiveCluster {
    return new LiveCluster(options);
  }

  private constructor({ client, onChange }: LiveClusterOptions) {
    this.client = client;
    this.#onChange = onChange;
  }

  /** Watches the common kinds; rejects when the cluster cannot be read. */
  async connect(): Promise<void> {
    await Promise.all(
      COMMON_KINDS.map(([apiVersion, kind]) =>
        this.ensure(apiVersion, kind).catch(error => {
          // Not every cluster has Applications.
          if (error.status !== 404) {
            throw error;
          }
        }),
      ),
    );
  }

  /** Watches a kind, from the first time that it is asked for; rejects while it cannot be read. */
  async ensure(apiVersion: string, kind: string): Promise<Informer> {
    const key = `${apiVersion}/${kind}`;
    let pending = this.#informers.get(key);
    if (!pending) {
      pending = this.client.resource(apiVersion, kind).then(resource => {
        const informer = Informer.create({
          client: this.client,
          resource,
          onChange: this.#onChange,
        });
        this.#started.push(informer);
        if (this.#stopped) {
          informer.stop();
        }
        return informer;
      });
      this.#informers.set(key, pending);
      pending.catch(() => this.#informers.delete(key));
    }
    const informer = await pending;
    await informer.ready();
    if (informer.error) {
      throw new Error(
        `failed to get cluster info for "${this.client.url}": error synchronizing cache state: ${informer.error}`,
      );
    }
    return informer;
  }

  /** Every object that carries the tracking id of an Application. */
  ownedBy(application: string): KubernetesObject[] {
    return this.#started.flatMap(informer =>
      informer
        .list()
        .filter(object => trackedApplication(object) === application),
    );
  }

  async get(
    object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
  ): Promise<KubernetesObject | undefined> {
    const informer = await this.ensure(object.apiVersion, object.kind);
    const { namespace, name } = object.metadata;
    return informer.get(namespace, name);
  }

  async create(object: KubernetesObject): Promise<KubernetesObject> {
    const informer = await this.ensure(object.apiVersion, object.kind);
    const created = await this.client.create(informer.resource, object);
    informer.record(created);
    return created;
  }

  async mergePatch(
    object: KubernetesObject,
    patch: object,
  ): Promise<KubernetesObject> {
    const informer = await this.ensure(object.apiVersion, object.kind);
    const patched = await this.client.mergePatch(
      informer.resource,
      object,
      patch,
    );
    informer.record(patched);
    return patched;
  }

  async delete(object: KubernetesObject): Promise<void> {
    const informer = await this.ensure(object.apiVersion, object.kind);
    await this.client.delete(informer.resource, object);
    informer.forget(object);
  }

  resource(apiVersion: string, kind: string): Promise<ApiResource> {
    return this.client.resource(apiVersion, kind);
  }

  stop(): void {
    this.#stopped = true;
    for (const informer of this.#started) {
      informer.stop();
    }
  }
}
