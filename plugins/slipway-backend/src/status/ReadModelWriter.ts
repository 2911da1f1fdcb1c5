import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { nextSequence } from '../database/sequence';
import type { ConfigRepoRecord } from '../configRepos/types';
import type { ModuleKey } from './linking';
import { environmentRow, moduleRow } from './rows';
import type { EnvironmentRecord } from './projectEnvironment';

const ROWS_PER_STATEMENT = 100;

export interface ReadModelWriterOptions {
  knex: Knex;
  configRepo: string;
  /** Throws when this process no longer may write for the config repo. */
  assertFence: (tx: Knex.Transaction) => Promise<void>;
  now: () => Date;
}

/**
 * Writes one config repo's part of the read model, only what differs from what it wrote before.
 */
export class ReadModelWriter {
  readonly #options: ReadModelWriterOptions;
  readonly #written = new Map<string, string>();
  readonly #linked = new Set<string>();
  readonly #deploySince = new Map<string, { state: string; since: string }>();

  private constructor(options: ReadModelWriterOptions) {
    this.#options = options;
  }

  /** Takes over what an earlier holder wrote, so that times of change stand. */
  static async create(
    options: ReadModelWriterOptions,
  ): Promise<ReadModelWriter> {
    const writer = new ReadModelWriter(options);
    const rows = await options
      .knex('environments')
      .where({ config_repo: options.configRepo })
      .select('id', 'deploy_state', 'deploy_since');
    for (const row of rows) {
      if (row.deploy_since) {
        writer.#deploySince.set(row.id, {
          state: row.deploy_state,
          since: row.deploy_since,
        });
      }
    }
    const links = await options
      .knex('module_engine_objects')
      .where({ config_repo: options.configRepo })
      .distinct('engine_object_id');
    for (const row of links) writer.#linked.add(row.engine_object_id);
    return writer;
  }

  /** @returns whether anything that pages show changed. */
  async writeConfigRepo(
    record: ConfigRepoRecord,
    options: { refreshDone: number },
  ): Promise<boolean> {
    const { knex, assertFence } = this.#options;
    const row = {
      name: record.name,
      title: record.title ?? null,
      owner: record.owner ?? null,
      stages: JSON.stringify(record.stages),
      state: record.status.state,
      reason:
        record.status.state === 'Successful'
          ? null
          : JSON.stringify(record.status.reason),
      head: record.head ? JSON.stringify(record.head) : null,
      findings: JSON.stringify(record.findings),
    };
    const changed = this.#differs('config-repo', row);
    await knex.transaction(async tx => {
      await assertFence(tx);
      const reached = {
        last_reached_at: record.lastReachedAt ?? null,
        refresh_done: options.refreshDone,
      };
      await tx('config_repos')
        .where({ name: record.name })
        .update(
          changed
            ? { ...row, ...reached, sequence: await nextSequence(tx) }
            : reached,
        );
    });
    return changed;
  }

  /**
   * Writes environments and their modules; `all` says that there are no others.
   *
   * @returns whether anything changed.
   */
  async writeEnvironments(
    records: EnvironmentRecord[],
    options: { all: boolean },
  ): Promise<boolean> {
    const { knex, configRepo, assertFence } = this.#options;
    const environments = records.map(record => {
      const row = environmentRow(configRepo, record);
      return {
        ...row,
        deploy_since: record.deploy.since ?? this.#since(row),
      };
    });
    const modules = records.flatMap(record =>
      record.modules.map(module =>
        moduleRow(configRepo, record.model.name, module),
      ),
    );
    const changedEnvironments = environments.filter(row =>
      this.#differs(row.id, row),
    );
    const changedModules = modules.filter(row =>
      this.#differs(`module ${row.id}`, row),
    );
    const targets = records.flatMap((record, index) =>
      record.targets.map((target, position) => ({
        environment_id: environments[index].id,
        position,
        cluster: target.cluster,
        namespace: target.namespace,
        engine_cluster: target.engineCluster ?? null,
        engine: target.engine ?? null,
      })),
    );

    const write = knex.transaction(async tx => {
      await assertFence(tx);
      const gone = await removeOthers(tx, {
        configRepo,
        environmentIds: environments.map(row => row.id),
        moduleIds: modules.map(row => row.id),
        all: options.all,
      });
      if (gone) this.#written.clear();
      const retarget = environments
        .map(row => row.id)
        .filter(id =>
          this.#differs(
            `targets ${id}`,
            targets.filter(target => target.environment_id === id),
          ),
        );
      if (
        !gone &&
        !changedEnvironments.length &&
        !changedModules.length &&
        !retarget.length
      ) {
        return false;
      }
      const sequence = await nextSequence(tx);
      await upsert(tx, 'environments', changedEnvironments, sequence);
      await upsert(tx, 'modules', changedModules, sequence);
      const retargeted = new Set(retarget);
      for (const ids of chunks(retarget)) {
        await tx('targets').whereIn('environment_id', ids).delete();
      }
      for (const rows of chunks(
        targets.filter(target => retargeted.has(target.environment_id)),
      )) {
        await tx('targets').insert(rows);
      }
      return true;
    });
    // What was rolled back must be written again.
    write.catch(() => this.#written.clear());
    return write;
  }

  /** Writes which modules each engine object carries. */
  async writeLinks(links: ReadonlyMap<string, ModuleKey[]>): Promise<void> {
    const { knex, configRepo, assertFence } = this.#options;
    const changed = [...links].filter(([id, keys]) =>
      this.#differs(`links ${id}`, keys),
    );
    const gone = [...this.#linked].filter(id => !links.has(id));
    if (!changed.length && !gone.length) return;
    await knex.transaction(async tx => {
      await assertFence(tx);
      for (const ids of chunks([...changed.map(([id]) => id), ...gone])) {
        await tx('module_engine_objects')
          .where({ config_repo: configRepo })
          .whereIn('engine_object_id', ids)
          .delete();
      }
      const rows = changed.flatMap(([id, keys]) =>
        [...new Set(keys)].map(key => ({
          module_id: `${configRepo}/${key}`,
          engine_object_id: id,
          config_repo: configRepo,
        })),
      );
      for (const some of chunks(rows)) {
        await tx('module_engine_objects').insert(some);
      }
    });
    for (const id of gone) {
      this.#linked.delete(id);
      this.#written.delete(`links ${id}`);
    }
    for (const [id] of changed) this.#linked.add(id);
  }

  #since(row: { id: string; deploy_state: string }): string {
    const known = this.#deploySince.get(row.id);
    if (known?.state === row.deploy_state) return known.since;
    const since = this.#options.now().toISOString();
    this.#deploySince.set(row.id, { state: row.deploy_state, since });
    return since;
  }

  #differs(key: string, value: unknown): boolean {
    const hash = createHash('sha1')
      .update(JSON.stringify(value))
      .digest('base64');
    if (this.#written.get(key) === hash) return false;
    this.#written.set(key, hash);
    return true;
  }
}

async function upsert(
  tx: Knex.Transaction,
  table: string,
  rows: Array<{ id: string }>,
  sequence: number,
): Promise<void> {
  for (const some of chunks(rows)) {
    await tx(table)
      .insert(some.map(row => ({ ...row, sequence })))
      .onConflict('id')
      .merge();
  }
}

interface RemoveOthersOptions {
  configRepo: string;
  environmentIds: string[];
  moduleIds: string[];
  all: boolean;
}

/** Removes environments, when `all` were given, and modules of the given ones that are no longer there. */
async function removeOthers(
  tx: Knex.Transaction,
  options: RemoveOthersOptions,
): Promise<boolean> {
  const { configRepo } = options;
  const environments = new Set(options.environmentIds);
  const modules = new Set(options.moduleIds);
  const stored: Array<{ id: string }> = await tx('modules')
    .where({ config_repo: configRepo })
    .modify(query => {
      if (!options.all) query.whereIn('environment_id', [...environments]);
    })
    .select('id');
  const goneModules = stored
    .filter(row => !modules.has(row.id))
    .map(row => row.id);
  const goneEnvironments = options.all
    ? (await tx('environments').where({ config_repo: configRepo }).select('id'))
        .map((row: { id: string }) => row.id)
        .filter((id: string) => !environments.has(id))
    : [];
  for (const ids of chunks(goneModules)) {
    await tx('modules').whereIn('id', ids).delete();
  }
  for (const ids of chunks(goneEnvironments)) {
    await tx('targets').whereIn('environment_id', ids).delete();
    await tx('environments').whereIn('id', ids).delete();
  }
  return goneModules.length + goneEnvironments.length > 0;
}

function* chunks<T>(rows: T[]): Iterable<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    yield rows.slice(start, start + ROWS_PER_STATEMENT);
  }
}
