import type { ClusterConnectionState } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';

/** Connection of one sync engine of one cluster. */
export interface EngineConnection {
  cluster: string;
  engine: string;
  connection: ClusterConnectionState;
  /** When it was last heard, UTC, ISO 8601. */
  heardAt?: string;
  since: string;
}

/** The worst first. */
const CONNECTION_ORDER: ClusterConnectionState[] = [
  'Unreachable',
  'Connecting',
  'Connected',
];

/** How each sync engine of each cluster is reached now. */
export class Connections {
  readonly #engines: EngineConnection[];

  private constructor(engines: EngineConnection[]) {
    this.#engines = engines;
  }

  static create(engines: EngineConnection[]): Connections {
    return new Connections(engines);
  }

  /** The worst connection of several engines; the oldest word of those that are alike. */
  worst(engines: Array<{ cluster: string; engine?: string }>): {
    connection: ClusterConnectionState;
    heardAt?: string;
  } {
    return engines
      .map(({ cluster, engine }) => this.find(cluster, engine))
      .reduce((a, b) => {
        const order =
          CONNECTION_ORDER.indexOf(a.connection) -
          CONNECTION_ORDER.indexOf(b.connection);
        if (order !== 0) return order < 0 ? a : b;
        return (a.heardAt ?? '') <= (b.heardAt ?? '') ? a : b;
      });
  }

  /** Differs when a connection differs, not when a word was heard. */
  fingerprint(): string {
    return this.#engines
      .map(one => `${one.cluster} ${one.engine} ${one.connection}`)
      .sort()
      .join('\n');
  }

  /**
   * The connection to what delivers to a target: the worst of a cluster's engines when the engine is not known.
   * A cluster without an engine of its own has nothing to be reached for.
   */
  find(
    cluster: string,
    engine?: string,
  ): {
    connection: ClusterConnectionState;
    heardAt?: string;
  } {
    const engines = this.#engines.filter(
      one =>
        one.cluster === cluster &&
        (engine === undefined || one.engine === engine),
    );
    return (
      engines.find(one => one.connection === 'Unreachable') ??
      engines.find(one => one.connection === 'Connecting') ??
      engines[0] ?? { connection: 'Connected' }
    );
  }
}

export async function readConnections(knex: Knex): Promise<Connections> {
  const rows = await knex('cluster_engines').select(
    'cluster',
    'engine',
    'connection',
    'heard_at',
    'since',
  );
  return Connections.create(
    rows.map(row => ({
      cluster: row.cluster,
      engine: row.engine,
      connection: row.connection,
      heardAt: row.heard_at ?? undefined,
      since: row.since,
    })),
  );
}
