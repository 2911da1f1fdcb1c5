import type {
  ClusterConfig,
  SyncEngineConnection,
} from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { nextSequence } from '../database/sequence';
import { assertFence } from '../leases';
import { clusterLeaseKey } from './clusterLeaseKey';
import {
  mergeConnection,
  rowToClusterEngine,
  type ClusterEngineRow,
} from './clusterEngineRow';
import type {
  ClusterEngineStatus,
  ClusterEngineStore,
  ClusterEngineWriteOptions,
} from './types';

const HEARD_EVERY_MILLISECONDS = 10_000;

type ClusterEngineKey = Pick<ClusterEngineRow, 'cluster' | 'engine'>;

/** Connections in a table, a row for each engine of each cluster. */
export class DatabaseClusterEngineStore implements ClusterEngineStore {
  readonly #knex: Knex;
  readonly #heardAt = new Map<string, number>();
  readonly #longestLag = new Map<string, number>();

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseClusterEngineStore {
    return new DatabaseClusterEngineStore(options.knex);
  }

  async configure(clusters: ClusterConfig[]): Promise<boolean> {
    const wanted = new Map<string, ClusterEngineKey>();
    for (const { name, engines } of clusters) {
      for (const engine of engines) {
        wanted.set(clusterLeaseKey(name, engine), { cluster: name, engine });
      }
    }
    return this.#knex.transaction(async tx => {
      const rows = await tx('cluster_engines').select('cluster', 'engine');
      const present = new Set(
        rows.map(row => clusterLeaseKey(row.cluster, row.engine)),
      );
      const known = new Map<string, ClusterEngineKey>();
      const withObjects = await tx('engine_objects')
        .where({ removed: false })
        .distinct('cluster', 'engine');
      for (const row of [...rows, ...withObjects]) {
        known.set(clusterLeaseKey(row.cluster, row.engine), row);
      }
      const added = [...wanted].filter(([key]) => !present.has(key));
      const dropped = [...known].filter(([key]) => !wanted.has(key));
      if (added.length === 0 && dropped.length === 0) return false;

      for (const [key] of dropped.sort()) {
        // A replica with the configuration of before may write no more
        await tx('leases').where({ key }).increment('fence', 1);
      }
      const sequence = await nextSequence(tx);
      const at = new Date().toISOString();
      for (const [, { cluster, engine }] of dropped) {
        await tx('engine_objects')
          .where({ cluster, engine, removed: false })
          .update({ removed: true, resources: '[]', seen_at: at, sequence });
        await tx('cluster_engines').where({ cluster, engine }).delete();
      }
      for (const [, { cluster, engine }] of added) {
        await tx('cluster_engines')
          .insert({
            cluster,
            engine,
            connection: 'Connecting',
            since: at,
            fence: 0,
            sequence,
          })
          .onConflict(['cluster', 'engine'])
          .ignore();
      }
      return true;
    });
  }

  async connection(
    options: ClusterEngineWriteOptions,
    state: SyncEngineConnection,
  ): Promise<boolean> {
    const { cluster, engine, lease } = options;
    const changed = await this.#knex.transaction(async tx => {
      await assertFence(tx, lease);
      const present = await tx<ClusterEngineRow>('cluster_engines')
        .where({ cluster, engine })
        .first();
      const merged = mergeConnection(present, state, new Date().toISOString());
      if (!merged) return false;
      await tx('cluster_engines')
        .insert({
          ...merged,
          cluster,
          engine,
          fence: lease.fence,
          sequence: await nextSequence(tx),
        })
        .onConflict(['cluster', 'engine'])
        .merge();
      return true;
    });
    if (state.state === 'Connected') {
      if (changed) this.#heardAt.set(heardKey(options), performance.now());
      else await this.heard(options);
    }
    return changed;
  }

  async heard(options: ClusterEngineWriteOptions, lag?: number): Promise<void> {
    const { cluster, engine, lease } = options;
    const key = heardKey(options);
    if (lag !== undefined) {
      const longest = Math.max(lag, this.#longestLag.get(key) ?? 0);
      this.#longestLag.set(key, longest);
    }
    const now = performance.now();
    const last = this.#heardAt.get(key) ?? -Infinity;
    if (now - last < HEARD_EVERY_MILLISECONDS) return;
    const longestLag = this.#longestLag.get(key);
    await this.#knex.transaction(async tx => {
      await assertFence(tx, lease);
      await tx('cluster_engines')
        .where({ cluster, engine })
        .update({
          heard_at: new Date().toISOString(),
          ...(longestLag !== undefined && {
            lag_milliseconds: Math.round(longestLag),
          }),
          fence: lease.fence,
        });
    });
    this.#longestLag.delete(key);
    this.#heardAt.set(key, now);
  }

  async list(): Promise<ClusterEngineStatus[]> {
    const rows = await this.#knex<ClusterEngineRow>('cluster_engines')
      .orderBy(['cluster', 'engine'])
      .select('*');
    return rows.map(row => rowToClusterEngine(row as ClusterEngineRow));
  }
}

function heardKey({ lease }: ClusterEngineWriteOptions): string {
  return `${lease.key}#${lease.fence}`;
}
