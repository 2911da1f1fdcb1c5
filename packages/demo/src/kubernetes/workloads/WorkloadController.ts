import { isDeepStrictEqual } from 'node:util';
import { kubernetesTime } from '../store/objectRules';
import type { ObjectStore } from '../store/ObjectStore';
import type { KubernetesObject } from '../store/types';
import { healthOf, workloadStatus } from './workloadStatus';

const NODES = { group: '', version: 'v1', resource: 'nodes' };
const SLOW_MILLISECONDS = 5000;

/** Options of {@link WorkloadController.start}. */
export interface WorkloadControllerOptions {
  /** How long a roll-out takes, in milliseconds. */
  delay: number;
}

interface RollOut {
  timer: NodeJS.Timeout;
  /** The generation and health that it rolls out. */
  goal: string;
}

/**
 * Stands in for the controllers and kubelets of a cluster: gives workloads the status that they
 * would have, first of a roll-out under way, and after a delay of a finished one. It runs on
 * changes only, and is idle otherwise.
 */
export class WorkloadController {
  readonly #store: ObjectStore;
  readonly #delay: number;
  readonly #rollOuts = new Map<string, RollOut>();
  #unsubscribe = () => {};

  private constructor(store: ObjectStore, options: WorkloadControllerOptions) {
    this.#store = store;
    this.#delay = options.delay;
  }

  static start(
    store: ObjectStore,
    options: WorkloadControllerOptions,
  ): WorkloadController {
    const controller = new WorkloadController(store, options);
    controller.#unsubscribe = store.onChange(({ type, object }) => {
      if (type === 'DELETED') {
        controller.#cancel(object.metadata.uid);
      } else {
        controller.#follow(object);
      }
    });
    store.snapshot().objects.forEach(object => controller.#follow(object));
    return controller;
  }

  stop(): void {
    this.#unsubscribe();
    [...this.#rollOuts.keys()].forEach(uid => this.#cancel(uid));
  }

  #follow(object: KubernetesObject): void {
    const { uid, generation } = object.metadata;
    const health = healthOf(object);
    const goal = `${generation} ${health}`;
    const finished = this.#status(object, health !== 'progressing');
    const known = this.#rollOuts.get(uid);
    if (
      !finished ||
      known?.goal === goal ||
      isDeepStrictEqual(finished, object.status)
    ) {
      return;
    }
    this.#cancel(uid);
    const timer = setTimeout(
      () => {
        this.#cancel(uid);
        this.#write(object, health !== 'progressing');
      },
      health === 'slow' ? SLOW_MILLISECONDS : this.#delay,
    ).unref();
    const rollOut = { timer, goal };
    this.#rollOuts.set(uid, rollOut);
    // Not at once: whoever wrote the object expects to know its newest version.
    setImmediate(() => {
      if (this.#rollOuts.get(uid) === rollOut) {
        this.#write(object, false);
      }
    });
  }

  #status(object: KubernetesObject, settled: boolean) {
    const now = kubernetesTime();
    const nodeCount = () => this.#store.list(NODES).items.length;
    return workloadStatus({ object, settled, now, nodeCount });
  }

  #write({ apiVersion, kind, metadata }: KubernetesObject, settled: boolean) {
    const { name, namespace, uid } = metadata;
    const manifest = { apiVersion, kind, metadata: { name, namespace } };
    const ref = this.#store.refTo(manifest);
    const current = this.#store.find(ref);
    if (current?.metadata.uid !== uid) {
      return;
    }
    const status = this.#status(current, settled);
    const { resourceVersion, ...rest } = current.metadata;
    this.#store.update(
      ref,
      { ...current, metadata: rest, status },
      { subresource: 'status' },
    );
  }

  #cancel(uid: string): void {
    clearTimeout(this.#rollOuts.get(uid)?.timer);
    this.#rollOuts.delete(uid);
  }
}
