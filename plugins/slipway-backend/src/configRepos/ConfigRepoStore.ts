import type {
  ConfigRepo,
  Finding,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { fromJson } from '../database/json';
import { nextSequence } from '../database/sequence';
import { whereAccessible, type EnvironmentAccess } from '../permissions';
import type { ConfigRepoConfig, ConfigRepoStatus } from './types';

/** What a process holds to work on a config repo. */
export function configRepoLeaseKey(name: string): string {
  return `config-repo:${name}`;
}

const NEVER_REACHED = JSON.stringify({ code: 'neverReached', params: {} });

export interface ConfigRepoStoreOptions {
  knex: Knex;
  configRepos: ConfigRepoConfig[];
}

/** Config repos as app-config names them and the read model has them. */
export class ConfigRepoStore {
  readonly #knex: Knex;
  readonly #configs: Map<string, ConfigRepoConfig>;

  private constructor(options: ConfigRepoStoreOptions) {
    this.#knex = options.knex;
    this.#configs = new Map(options.configRepos.map(one => [one.name, one]));
  }

  static create(options: ConfigRepoStoreOptions): ConfigRepoStore {
    return new ConfigRepoStore(options);
  }

  /** Makes the table name what app-config names; what was read of others goes. */
  async register(): Promise<void> {
    const names = [...this.#configs.keys()];
    await this.#knex.transaction(async tx => {
      const stored: string[] = await tx('config_repos').pluck('name');
      const withRows: string[] = await tx('environments')
        .distinct('config_repo')
        .pluck('config_repo');
      const gone = [...new Set([...stored, ...withRows])].filter(
        name => !this.#configs.has(name),
      );
      const added = names.filter(name => !stored.includes(name));
      if (!gone.length && !added.length) return;
      const sequence = await nextSequence(tx);
      for (const name of gone) {
        // A replica that still works on it may write no more.
        await tx('leases')
          .where({ key: configRepoLeaseKey(name) })
          .increment('fence', 1);
        await tx('targets')
          .whereIn(
            'environment_id',
            tx('environments').where({ config_repo: name }).select('id'),
          )
          .delete();
        for (const table of [
          'module_engine_objects',
          'modules',
          'environments',
        ]) {
          await tx(table).where({ config_repo: name }).delete();
        }
        await tx('config_repos').where({ name }).delete();
      }
      for (const name of added) {
        await tx('config_repos')
          .insert({
            name,
            stages: '[]',
            state: 'Unknown',
            reason: NEVER_REACHED,
            findings: '[]',
            sequence,
          })
          .onConflict('name')
          .ignore();
      }
    });
  }

  /** Those of which the caller may see at least one environment; all with full access. */
  async list(options: {
    access: EnvironmentAccess;
    names?: string[];
  }): Promise<ConfigRepo[]> {
    const query = this.#knex('config_repos').orderBy('name');
    const counts: Knex.QueryBuilder<
      object,
      Array<{ config_repo: string; managed: boolean | number; count: number }>
    > = this.#knex('environments')
      .select('config_repo', 'managed')
      .count({ count: '*' })
      .groupBy('config_repo', 'managed');
    whereAccessible(counts, options.access);
    // What is broken in an environment's file is to be mended in the repo, too.
    const broken: Knex.QueryBuilder<
      object,
      Array<{ config_repo: string; findings: string }>
    > = this.#knex('environments')
      .select('config_repo', 'findings')
      .whereNot('findings', '[]')
      .orderBy('name');
    whereAccessible(broken, options.access);
    if (options.names) {
      query.whereIn('name', options.names);
      counts.whereIn('config_repo', options.names);
      broken.whereIn('config_repo', options.names);
    }
    const [rows, counted, found] = await Promise.all([query, counts, broken]);
    const visible = new Set(counted.map(count => count.config_repo));
    return rows
      .filter(row => options.access.type === 'all' || visible.has(row.name))
      .flatMap(row => {
        const config = this.#configs.get(row.name);
        if (!config) return [];
        const number = (managed: boolean) =>
          Number(
            counted.find(
              count =>
                count.config_repo === row.name &&
                Boolean(count.managed) === managed,
            )?.count ?? 0,
          );
        return [
          {
            name: row.name,
            title: row.title ?? undefined,
            url: config.url,
            branch: config.branch,
            owner: row.owner ?? undefined,
            status: {
              state: row.state,
              reason: fromJson(row.reason),
              lastReachedAt: row.last_reached_at ?? undefined,
            },
            head: fromJson(row.head),
            stages: JSON.parse(row.stages),
            environments: number(true),
            unmanagedEnvironments: number(false),
            findings: [
              ...JSON.parse(row.findings),
              ...found
                .filter(one => one.config_repo === row.name)
                .flatMap((one): Finding[] => JSON.parse(one.findings))
                .filter(finding => finding.file !== undefined),
            ],
          } satisfies ConfigRepo,
        ];
      });
  }

  /** Wishes for a look at the remote, by whoever works on the config repo. */
  async requestRefresh(name: string): Promise<number> {
    return this.#knex.transaction(async tx => {
      const sequence = await nextSequence(tx);
      await tx('config_repos')
        .where({ name })
        .update({ refresh_requested: sequence });
      return sequence;
    });
  }

  /** Whether this value of the sequence is that of a wish, not of something that pages show. */
  async isRefreshWish(sequence: number): Promise<boolean> {
    const row = await this.#knex('config_repos')
      .where({ refresh_requested: sequence })
      .first('name');
    return row !== undefined;
  }

  /** How it was when it was last worked on. */
  /** The branch head when it was last read. */
  async readHead(name: string): Promise<string | undefined> {
    const row = await this.#knex('config_repos').where({ name }).first('head');
    return fromJson<{ commit: string }>(row?.head ?? null)?.commit;
  }

  async readStatus(
    name: string,
  ): Promise<{ status: ConfigRepoStatus; lastReachedAt?: string }> {
    const row = await this.#knex('config_repos')
      .where({ name })
      .first('state', 'reason', 'last_reached_at');
    const reason = fromJson<Reason>(row?.reason ?? NEVER_REACHED);
    return {
      status:
        row?.state === 'Successful' || !reason
          ? { state: 'Successful' }
          : { state: row?.state ?? 'Unknown', reason },
      lastReachedAt: row?.last_reached_at ?? undefined,
    };
  }

  async refreshRequested(name: string): Promise<number> {
    const row = await this.#knex('config_repos')
      .where({ name })
      .first('refresh_requested');
    return Number(row?.refresh_requested ?? 0);
  }

  async refreshDone(name: string): Promise<number> {
    const row = await this.#knex('config_repos')
      .where({ name })
      .first('refresh_done');
    return Number(row?.refresh_done ?? 0);
  }
}
