import {
  type ClusterConfig,
  KubernetesConnection,
} from '@slipway/backstage-plugin-slipway-node';
import { LiveReader } from './LiveReader';

/** For one object, so that a cluster that stalls is given up soon. */
const REQUEST_TIMEOUT_MILLISECONDS = 5_000;

/** The readers of all clusters that Slipway signs in to. */
export class LiveReaders {
  readonly #readers: ReadonlyMap<string, LiveReader>;

  static create(clusters: readonly ClusterConfig[]): LiveReaders {
    return new LiveReaders(
      new Map(
        clusters
          .filter(({ auth }) => auth.type !== 'none')
          .map(cluster => [
            cluster.name,
            new LiveReader({
              connection: KubernetesConnection.fromClusterConfig(cluster, {
                requestTimeoutMilliseconds: REQUEST_TIMEOUT_MILLISECONDS,
              }),
            }),
          ]),
      ),
    );
  }

  private constructor(readers: ReadonlyMap<string, LiveReader>) {
    this.#readers = readers;
  }

  /** Undefined for a cluster that Slipway does not sign in to. */
  of(cluster: string): LiveReader | undefined {
    return this.#readers.get(cluster);
  }
}
