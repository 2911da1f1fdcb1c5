import { ApiServer } from './http/ApiServer';
import type { ClusterFault } from './http/faults';
import { seedObjects } from './seedObjects';
import { readSnapshot, SnapshotFile } from './SnapshotFile';
import { ObjectStore } from './store/ObjectStore';
import { WorkloadController } from './workloads/WorkloadController';

/** Options of {@link DemoCluster.create}. */
export interface DemoClusterOptions {
  name: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Where the objects are kept between runs; resource versions keep growing over restarts. */
  dataFile?: string;
  /** When set, requests without `Authorization: Bearer <token>` get a 401. */
  token?: string;
  /** How long the roll-out of a workload takes, in milliseconds. Default 300. */
  workloadDelay?: number;
  /** Milliseconds between two bookmarks of a watch. Default 5000. */
  bookmarkInterval?: number;
  /** How many changes a watch can lie behind before it gets a 410. Default 2000. */
  eventLogSize?: number;
}

/**
 * A Kubernetes API server in memory, on 127.0.0.1: real clients work against it, workloads roll
 * out, and it can be told to misbehave. It runs no pods.
 */
export class DemoCluster {
  readonly name: string;
  /** `http://127.0.0.1:PORT`; stays the same for the life of the cluster. */
  readonly url: string;
  /** The objects, for access from inside the process. */
  readonly store: ObjectStore;
  readonly #server: ApiServer;
  readonly #workloads: WorkloadController;
  readonly #file: SnapshotFile | undefined;
  #stopped: Promise<void> | undefined;

  private constructor(
    name: string,
    store: ObjectStore,
    server: ApiServer,
    workloads: WorkloadController,
    file: SnapshotFile | undefined,
  ) {
    this.name = name;
    this.url = server.url;
    this.store = store;
    this.#server = server;
    this.#workloads = workloads;
    this.#file = file;
  }

  static async create(options: DemoClusterOptions): Promise<DemoCluster> {
    const { name, port = 0, dataFile, token, eventLogSize } = options;
    const { workloadDelay = 300, bookmarkInterval = 5000 } = options;
    const snapshot = dataFile ? await readSnapshot(dataFile) : undefined;
    const store = ObjectStore.create({ snapshot, eventLogSize });
    seedObjects(store);
    const file = dataFile
      ? await SnapshotFile.follow(dataFile, store)
      : undefined;
    const server = await ApiServer.start(store, {
      port,
      token,
      bookmarkInterval,
    });
    const workloads = WorkloadController.start(store, { delay: workloadDelay });
    return new DemoCluster(name, store, server, workloads, file);
  }

  /** Makes the cluster misbehave, or well again. Resolves once it does. */
  setFault(fault: ClusterFault | undefined): Promise<void> {
    return this.#server.setFault(fault);
  }

  /** Stops everything and writes the data file. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#workloads.stop();
    await this.#server.stop();
    await this.#file?.close();
  }
}
