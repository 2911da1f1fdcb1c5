import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import { RefusedRows } from '../database/RefusedRows';
import { nextSequence } from '../database/sequence';
import { writeRows } from '../database/writeRows';
import type { ConfigRepoRecord } from '../configRepos/types';
import { StateTimes } from './StateTimes';
import { WrittenRows } from './WrittenRows';
import { removeOthers } from './removeOthers';
import type { ModuleKey } from './linking';
import {
  configRepoRow,
  environmentRow,
  moduleId,
  moduleRow,
  targetRows,
} from './rows';
import type { EnvironmentRecord } from './projectEnvironment';

export interface ReadModelWriterOptions {
  knex: Knex;
  configRepo: string;
  /** Throws when this process no longer may write for the config repo. */
  assertFence: (tx: Knex.Transaction) => Promise<void>;
  now: () => Date;
  logger: LoggerService;
}

/**
 * Writes one config repo's part of the read model, only what differs from what it wrote before. A row that the database does not take
 * is left out until it is another.
 */
export class ReadModelWriter {
  readonly #options: ReadModelWriterOptions;
  readonly #refused: RefusedRows;
  readonly #written = WrittenRows.create();
  readonly #linked = new Set<string>();
  readonly #stateTimes = StateTimes.create();
  readonly #deploySince = new Map<string, { state: string; since: string }>();

  private constructor(options: ReadModelWriterOptions) {
    this.#options = options;
    this.#refused = RefusedRows.create(options);
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
    const modules = await options
      .knex('modules')
      .where({ config_repo: options.configRepo })
      .select('id', 'states');
    for (const { id, states } of modules) {
      writer.#stateTimes.restore(id, JSON.parse(states));
    }
    const links = await options
      .knex('module_engine_objects')
      .where({ config_repo: options.configRepo })
      .distinct('engine_object_id');
    for (const row of links) writer.#linked.add(row.engine_object_id);
    return writer;
  }

  /**
   * Writes how a config repo is. What Git says of it stays as it was when it was not read.
   *
   * @throws NotFoundError when the config repo is no longer registered.
   */
  async writeConfigRepo(
    record: ConfigRepoRecord,
    options: { refreshDone: number },
  ): Promise<void> {
    const row = configRepoRow(record);
    await this.#write(async tx => {
      const changed = this.#written.differs('config-repo', row);
      const updated = await tx('config_repos')
        .where({ name: record.name })
        .update({
          ...(changed && { ...row, sequence: await nextSequence(tx) }),
          last_reached_at: record.lastReachedAt ?? null,
          refresh_done: options.refreshDone,
        });
      if (!updated) {
        throw new NotFoundError(
          `Config repo '${record.name}' is no longer registered`,
        );
      }
    });
  }

  /** Writes environments and their modules; `all` says that there are no others. */
  async writeEnvironments(
    records: EnvironmentRecord[],
    options: { all: boolean },
  ): Promise<void> {
    const { configRepo } = this.#options;
    const now = this.#options.now().toISOString();
    const environments = records.map(record => {
      const row = environmentRow(configRepo, record);
      return { ...row, deploy_since: this.#since(row, record.deploy.since) };
    });
    const modules = records.flatMap(record =>
      record.modules.map(module => {
        const { name } = record.model;
        const id = moduleId(configRepo, name, module.model.name);
        const states = this.#stateTimes.stamp(id, module.states, now);
        return moduleRow(configRepo, name, { ...module, states });
      }),
    );

    await this.#write(async tx => {
      const gone = await removeOthers(tx, {
        configRepo,
        environmentIds: environments.map(row => row.id),
        moduleIds: modules.map(row => row.id),
        all: options.all,
      });
      this.#written.forget(gone.flatMap(id => [id, `targets ${id}`]));
      this.#stateTimes.forget(gone);
      const changedEnvironments = environments.filter(row =>
        this.#written.differs(row.id, row),
      );
      const changedModules = modules.filter(row =>
        this.#written.differs(row.id, row),
      );
      const retargeted = records
        .map(record => targetRows(configRepo, record))
        .filter(({ id, rows }) => this.#written.differs(`targets ${id}`, rows));
      const changes =
        gone.length +
        changedEnvironments.length +
        changedModules.length +
        retargeted.length;
      if (changes === 0) return;

      const sequence = await nextSequence(tx);
      await this.#upsert(tx, 'environments', changedEnvironments, sequence);
      await this.#upsert(tx, 'modules', changedModules, sequence);
      for (const some of chunks(retargeted)) {
        await tx('targets')
          .whereIn(
            'environment_id',
            some.map(({ id }) => id),
          )
          .delete();
      }
      await writeRows(
        tx,
        retargeted.flatMap(one => one.rows),
        {
          write: (savepoint, rows) => savepoint('targets').insert(rows),
          onRefused: (row, error) =>
            this.#refused.tell(
              `A target of environment '${row.environment_id}'`,
              error,
            ),
        },
      );
    });
  }

  /** Writes which modules each engine object carries. */
  async writeLinks(links: ReadonlyMap<string, ModuleKey[]>): Promise<void> {
    const { configRepo } = this.#options;
    const changed = [...links].filter(([id, keys]) =>
      this.#written.differs(`links ${id}`, keys),
    );
    const gone = [...this.#linked].filter(id => !links.has(id));
    if (!changed.length && !gone.length) return;
    await this.#write(async tx => {
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
      await writeRows(tx, rows, {
        write: (savepoint, some) =>
          savepoint('module_engine_objects').insert(some),
        onRefused: (row, error) =>
          this.#refused.tell(
            `That '${row.engine_object_id}' carries '${row.module_id}'`,
            error,
          ),
      });
    });
    this.#written.forget(gone.map(id => `links ${id}`));
    for (const id of gone) this.#linked.delete(id);
    for (const [id] of changed) this.#linked.add(id);
  }

  async #write(write: (tx: Knex.Transaction) => Promise<void>): Promise<void> {
    const { knex, assertFence } = this.#options;
    try {
      await knex.transaction(async tx => {
        await assertFence(tx);
        await write(tx);
      });
    } catch (error) {
      this.#written.forgetAll();
      throw error;
    }
  }

  #since(
    row: { id: string; deploy_state: string },
    given: string | undefined,
  ): string {
    const known = this.#deploySince.get(row.id);
    const same = known?.state === row.deploy_state ? known.since : undefined;
    const since = given ?? same ?? this.#options.now().toISOString();
    this.#deploySince.set(row.id, { state: row.deploy_state, since });
    return since;
  }

  async #upsert(
    tx: Knex.Transaction,
    table: 'environments' | 'modules',
    rows: Array<{ id: string }>,
    sequence: number,
  ): Promise<void> {
    await writeRows(tx, rows, {
      write: (savepoint, some) =>
        savepoint(table)
          .insert(some.map(row => ({ ...row, sequence })))
          .onConflict('id')
          .merge(),
      onRefused: ({ id }, error) =>
        this.#refused.tell(`'${id}' of the ${table}`, error),
    });
  }
}
