import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  type ClusterConfig,
  KubernetesConnection,
} from '@slipway/backstage-plugin-slipway-node';
import { ByteLru } from '../git/byteLru';
import {
  type GroupVersionKind,
  type SchemaNode,
  toGroupVersionKind,
} from '../manifests/schema';
import { PublishedSchemas } from './PublishedSchemas';
import type { SchemaDocument } from './SchemaDocument';

export interface ClusterSchemasOptions {
  clusters: readonly ClusterConfig[];
  logger: LoggerService;
  /** Milliseconds that a caller waits; 5,000 when absent. */
  timeLimit?: number;
  /** Milliseconds since some moment; the process's clock when absent. */
  now?: () => number;
}

/** Characters of JSON of all documents that are kept, of whatever cluster: about 100 MB of memory. */
const MAX_SIZE = 32 * 1024 * 1024;

/**
 * The schemas that the target clusters publish, read when somebody asks. Documents are kept by their hash, so that clusters of one version
 * share what they have in common. A cluster that stops answering is taken to serve what it served; one that never
 * answered is unavailable, and asked again half a minute later.
 */
export class ClusterSchemas {
  readonly #clusters: ReadonlyMap<string, PublishedSchemas>;
  readonly #timeLimit: number;

  static create(options: ClusterSchemasOptions): ClusterSchemas {
    const { clusters, logger, timeLimit = 5_000 } = options;
    const now = options.now ?? (() => performance.now());
    const documents = new ByteLru<string, SchemaDocument>(
      MAX_SIZE,
      ({ size }) => size,
    );
    const asked = clusters.filter(({ auth }) => auth.type !== 'none');
    const published = asked.map((cluster): [string, PublishedSchemas] => [
      cluster.name,
      new PublishedSchemas({
        cluster: cluster.name,
        connection: KubernetesConnection.fromClusterConfig(cluster),
        documents,
        now,
        patience: timeLimit / 2,
        onChange: error =>
          error === undefined
            ? logger.info(`Cluster '${cluster.name}' tells its schemas again`)
            : logger.warn(
                `Cluster '${
                  cluster.name
                }' does not tell its schemas, so that manifests for it are not checked against them: ${stringifyError(
                  error,
                )}`,
              ),
      }),
    ]);
    return new ClusterSchemas(new Map(published), timeLimit);
  }

  private constructor(
    clusters: ReadonlyMap<string, PublishedSchemas>,
    timeLimit: number,
  ) {
    this.#clusters = clusters;
    this.#timeLimit = timeLimit;
  }

  /**
   * The schema of a kind on a cluster.
   *
   * @returns `undefined` when the cluster does not serve the kind; `unavailable` when it cannot be asked: it is not configured, Slipway
   *   does not sign in to it, or it does not answer in time
   */
  async get(
    cluster: string,
    gvk: GroupVersionKind,
  ): Promise<SchemaNode | 'unavailable' | undefined> {
    const { group, version, kind } = gvk;
    const apiVersion = group ? `${group}/${version}` : version;
    // Nothing that a URL could trip over.
    return toGroupVersionKind(apiVersion, kind)
      ? this.#inTime(cluster, published => published.get(gvk))
      : undefined;
  }

  /** The Kubernetes version of a cluster, such as `v1.33.4`; `undefined` when it cannot be told. */
  async version(cluster: string): Promise<string | undefined> {
    const version = await this.#inTime(cluster, published =>
      published.version(),
    );
    return version === 'unavailable' ? undefined : version;
  }

  async #inTime<T>(
    cluster: string,
    ask: (published: PublishedSchemas) => Promise<T>,
  ): Promise<T | 'unavailable'> {
    const published = this.#clusters.get(cluster);
    if (!published) {
      return 'unavailable';
    }
    const done = new AbortController();
    const late = sleep(this.#timeLimit, 'unavailable' as const, {
      signal: done.signal,
      ref: false,
    }).catch(() => 'unavailable' as const);
    // Why it failed was logged when it began to.
    const answer = ask(published).catch(() => 'unavailable' as const);
    try {
      return await Promise.race([answer, late]);
    } finally {
      done.abort();
    }
  }
}
