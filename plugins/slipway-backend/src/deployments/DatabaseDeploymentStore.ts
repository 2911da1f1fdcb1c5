import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import {
  applyKeyset,
  encodeCursor,
  type KeysetOrder,
} from '../database/keyset';
import { nextSequence } from '../database/sequence';
import {
  deploymentToRow,
  progressOf,
  rowToDeployment,
  type DeploymentRow,
} from './deploymentRows';
import type { ModuleName, NewDeployment, StoredDeployment } from './types';

const ORDER: KeysetOrder = {
  name: 'deployments',
  columns: ['started_at', 'id'],
  types: ['string', 'number'],
  direction: 'desc',
};

/** Of what goes on. */
const OPEN_PHASES = ['Running', 'Terminating'];

/** How many are removed in one go. */
const REMOVED_AT_ONCE = 500;

export interface DeploymentWrites {
  configRepo: string;
  added: readonly NewDeployment[];
  updated: readonly StoredDeployment[];
  /** Throws when this process no longer may write for the config repo. */
  assertFence: (tx: Knex.Transaction) => Promise<void>;
}

/** Deployments in the database. */
export class DatabaseDeploymentStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseDeploymentStore {
    return new DatabaseDeploymentStore(options.knex);
  }

  /** Those of one module, newest first. */
  async list(options: {
    configRepo: string;
    module: ModuleName;
    cursor?: string;
    limit: number;
  }): Promise<{ items: StoredDeployment[]; nextCursor?: string }> {
    const { configRepo, module, cursor, limit } = options;
    const query = this.#knex<DeploymentRow>('deployments').where({
      config_repo: configRepo,
      environment: module.environment,
      module: module.module,
    });
    applyKeyset(query, ORDER, cursor);
    const rows: DeploymentRow[] = await query.limit(limit + 1).select('*');
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(rowToDeployment),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(ORDER, [last.started_at, last.id])
          : undefined,
    };
  }

  /** What is recorded of engine objects since a time, and what had not ended before. */
  async ofEngineObjects(
    configRepo: string,
    ids: readonly string[],
    since: string,
  ): Promise<Map<string, StoredDeployment[]>> {
    const found = new Map<string, StoredDeployment[]>();
    for (const some of chunks([...ids])) {
      const ofThese = () =>
        this.#knex<DeploymentRow>('deployments')
          .where({ config_repo: configRepo })
          .whereIn('engine_object_id', some)
          .select('*');
      const recent = await ofThese().where('started_at', '>=', since);
      const open = await ofThese()
        .where('started_at', '<', since)
        .whereIn('phase', OPEN_PHASES);
      for (const row of [...recent, ...open]) {
        const known = found.get(row.engine_object_id) ?? [];
        known.push(rowToDeployment(row));
        found.set(row.engine_object_id, known);
      }
    }
    return found;
  }

  /** The revision that an engine object delivered last before a time. */
  async revisionBefore(
    configRepo: string,
    engineObjectId: string,
    before: string,
  ): Promise<string | undefined> {
    const row: Pick<DeploymentRow, 'revision'> | undefined = await this.#knex(
      'deployments',
    )
      .where({
        config_repo: configRepo,
        engine_object_id: engineObjectId,
        phase: 'Succeeded',
      })
      .where('started_at', '<', before)
      .orderBy('started_at', 'desc')
      .first('revision');
    return row?.revision ?? undefined;
  }

  /** Writes what is new and what went on, under one sequence; what is there already is left alone. */
  async write(writes: DeploymentWrites): Promise<void> {
    const { configRepo, added, updated, assertFence } = writes;
    await this.#knex.transaction(async tx => {
      await assertFence(tx);
      const sequence = await nextSequence(tx);
      const rows = added.map(deployment => ({
        ...deploymentToRow(configRepo, deployment),
        sequence,
      }));
      for (const some of chunks(rows)) {
        await tx('deployments')
          .insert(some)
          .onConflict([
            'engine_object_id',
            'started_at',
            'config_repo',
            'environment',
            'module',
          ])
          .ignore();
      }
      for (const deployment of updated) {
        await tx('deployments')
          .where({ id: deployment.id })
          .update({ ...progressOf(deployment), sequence });
      }
    });
  }

  /** Removes what began before a time, a bounded number at once. */
  async removeOlder(configRepo: string, before: string): Promise<void> {
    await this.#remove(
      this.#knex('deployments')
        .where({ config_repo: configRepo })
        .where('started_at', '<', before),
    );
  }

  /** Leaves the newest of a module on one target, and removes a bounded number of others. */
  async keepNewest(
    configRepo: string,
    target: ModuleName & { cluster: string; namespace: string },
    count: number,
  ): Promise<void> {
    const { environment, module, cluster, namespace } = target;
    await this.#remove(
      this.#knex('deployments')
        .where({
          config_repo: configRepo,
          environment,
          module,
          cluster,
          namespace,
        })
        .orderBy([
          { column: 'started_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .offset(count),
    );
  }

  async #remove(query: Knex.QueryBuilder): Promise<void> {
    const rows: Array<{ id: number }> = await query
      .limit(REMOVED_AT_ONCE)
      .select('id');
    for (const some of chunks(rows)) {
      await this.#knex('deployments')
        .whereIn(
          'id',
          some.map(({ id }) => id),
        )
        .delete();
    }
  }
}
