import { ApiResource, KubernetesClient } from './KubernetesClient';
import { KubernetesObject } from './types';

/** Options of {@link Informer.create}. */
export interface InformerOptions {
  client: KubernetesClient;
  resource: ApiResource;
  /** All namespaces unless told. */
  namespace?: string;
  onChange: (
    object: KubernetesObject,
    change: 'added' | 'modified' | 'deleted',
  ) => void;
}

const LONGEST_PAUSE_MILLISECONDS = 2_000;

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** All objects of one kind, kept by one list and one watch, begun again whenever they break. */
export class Informer {
  readonly resource: ApiResource;
  readonly #options: InformerOptions;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #stopping = new AbortController();
  #error: string | undefined = 'not listed yet';
  #listed: Promise<void>;
  #resolveListed: () => void = () => {};

  static create(options: InformerOptions): Informer {
    const informer = new Informer(options);
    void informer.#run();
    return informer;
  }

  private constructor(options: InformerOptions) {
    this.resource = options.resource;
    this.#options = options;
    this.#listed = new Promise(resolve => {
      this.#resolveListed = resolve;
    });
  }

  /** Why what is kept may be old; undefined while the watch is fine. */
  get error(): string | undefined {
    return this.#error;
  }

  /** Resolves after the first list, or the first attempt at it. */
  ready(): Promise<void> {
    return this.#listed;
  }

  get(namespace: string | undefined, name: string) {
    return this.#objects.get(keyOf(namespace, name));
  }

  list(): KubernetesObject[] {
    return [...this.#objects.values()];
  }

  /** Takes in what a write answered, so that the writer reads its own writes. */
  record(object: KubernetesObject): void {
    this.#store(object);
  }

  forget(object: KubernetesObject): void {
    const { namespace, name } = object.metadata;
    this.#objects.delete(keyOf(namespace, name));
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      try {
        let resourceVersion = await this.#relist();
        failures = 0;
        while (!signal.aborted) {
          resourceVersion = await this.#follow(resourceVersion);
        }
      } catch (error) {
        this.#error = (error as Error).message;
        this.#resolveListed();
        const pause = Math.min(
          100 * 2 ** failures++,
          LONGEST_PAUSE_MILLISECONDS,
        );
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, pause);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    }
  }

  async #relist(): Promise<string> {
    const { client, resource, namespace, onChange } = this.#options;
    const { items, resourceVersion } = await client.list(resource, namespace);
    const present = new Set(
      items.map(item => keyOf(item.metadata.namespace, item.metadata.name)),
    );
    for (const [key, object] of this.#objects) {
      if (!present.has(key)) {
        this.#objects.delete(key);
        onChange(object, 'deleted');
      }
    }
    this.#error = undefined;
    for (const item of items) {
      this.#accept(item);
    }
    this.#resolveListed();
    return resourceVersion;
  }

  async #follow(from: string): Promise<string> {
    const { client, resource, namespace, onChange } = this.#options;
    let resourceVersion = from;
    for await (const { type, object } of client.watch(resource, {
      namespace,
      resourceVersion,
      signal: this.#stopping.signal,
    })) {
      if (type === 'ERROR') {
        throw new Error(object.message ?? 'the watch ended with an error');
      }
      resourceVersion = object.metadata.resourceVersion!;
      if (type === 'DELETED') {
        this.forget(object);
        onChange(object, 'deleted');
      } else if (type !== 'BOOKMARK') {
        this.#accept(object);
      }
    }
    return resourceVersion;
  }

  #accept(object: KubernetesObject): void {
    const { namespace, name } = object.metadata;
    const isNew = !this.#objects.has(keyOf(namespace, name));
    if (this.#store(object)) {
      this.#options.onChange(object, isNew ? 'added' : 'modified');
    }
  }

  /** False when what is kept is as new: an echo of our own write. */
  #store(object: KubernetesObject): boolean {
    const { namespace, name, uid, resourceVersion } = object.metadata;
    const key = keyOf(namespace, name);
    const current = this.#objects.get(key)?.metadata;
    if (
      current?.uid === uid &&
      Number(current?.resourceVersion) >= Number(resourceVersion)
    ) {
      return false;
    }
    this.#objects.set(key, object);
    return true;
  }
}
