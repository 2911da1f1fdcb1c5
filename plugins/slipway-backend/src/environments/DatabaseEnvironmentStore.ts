import type {
  DeployState,
  Environment,
  EnvironmentSort,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import {
  applyKeyset,
  encodeCursor,
  type KeysetOrder,
} from '../database/keyset';
import type {
  EnvironmentResource,
  EnvironmentResourceReader,
} from '../permissions';
import { readConnections } from '../status/Connections';
import { environmentId } from '../status/rows';
import {
  rowToEnvironment,
  type StoredEnvironmentRow,
} from './rowToEnvironment';
import { whereFiltered, whereInScope } from './environmentQueries';
import type {
  EnvironmentFilters,
  EnvironmentList,
  EnvironmentScope,
  EnvironmentStore,
  ListEnvironmentsOptions,
  ScopeSummary,
} from './types';

const SORT_COLUMNS: Record<
  EnvironmentSort,
  Array<keyof StoredEnvironmentRow>
> = {
  stage: ['stage_order', 'name', 'id'],
  name: ['name', 'id'],
  deployStatus: ['deploy_order', 'name', 'id'],
  modules: ['module_total', 'name', 'id'],
};

export interface DatabaseEnvironmentStoreOptions {
  knex: Knex;
  /** Titles of configured clusters by name; a name without a title stands for itself. */
  clusterTitles: Map<string, string>;
}

export class DatabaseEnvironmentStore
  implements EnvironmentStore, EnvironmentResourceReader
{
  readonly #knex: Knex;
  readonly #clusterTitles: Map<string, string>;

  private constructor(options: DatabaseEnvironmentStoreOptions) {
    this.#knex = options.knex;
    this.#clusterTitles = options.clusterTitles;
  }

  static create(
    options: DatabaseEnvironmentStoreOptions,
  ): DatabaseEnvironmentStore {
    return new DatabaseEnvironmentStore(options);
  }

  async list(options: ListEnvironmentsOptions): Promise<EnvironmentList> {
    const { scope, filters, sort, limit } = options;
    const columns = SORT_COLUMNS[sort];
    const order: KeysetOrder = {
      name: sort,
      columns: columns.map(column => `environments.${column}`),
      types: columns.map(column =>
        column === 'name' || column === 'id' ? 'string' : 'number',
      ),
      direction: options.order,
    };
    const query = this.#query(scope, filters).select('environments.*');
    applyKeyset(query, order, options.cursor);
    const [rows, total] = await Promise.all([
      query.limit(limit + 1) as Promise<StoredEnvironmentRow[]>,
      this.#query(scope, filters).count({ count: '*' }).first(),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await this.#complete(page),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(
              order,
              columns.map(column => last[column] as string | number),
            )
          : undefined,
      total: Number(total?.count ?? 0),
    };
  }

  async get(id: {
    configRepo: string;
    environment: string;
  }): Promise<Environment | undefined> {
    const row: StoredEnvironmentRow | undefined = await this.#knex(
      'environments',
    )
      .where({ id: environmentId(id.configRepo, id.environment) })
      .first();
    if (!row) return undefined;
    const [environment] = await this.#complete([row]);
    return environment;
  }

  async getResources(
    ids: Array<{ configRepo: string; environment: string } | undefined>,
  ): Promise<Array<EnvironmentResource | undefined>> {
    const keys = ids.map(
      id => id && environmentId(id.configRepo, id.environment),
    );
    const wanted = keys.filter(key => key !== undefined);
    const [rows, targets] = await Promise.all([
      this.#knex('environments')
        .join('config_repos', 'config_repos.name', 'environments.config_repo')
        .whereIn('environments.id', wanted)
        .select('environments.*', { repo_owner: 'config_repos.owner' }),
      this.#knex('targets').whereIn('environment_id', wanted),
    ]);
    return keys.map(key => {
      const row = rows.find(one => one.id === key);
      return (
        row && {
          configRepo: row.config_repo,
          name: row.name,
          stage: row.stage ?? undefined,
          owner: row.owner ?? row.repo_owner ?? undefined,
          clusters: targets
            .filter(target => target.environment_id === key)
            .map(target => target.cluster),
        }
      );
    });
  }

  async summarize(
    scope: EnvironmentScope,
    filters: Pick<EnvironmentFilters, 'managed'>,
  ): Promise<ScopeSummary> {
    const groups: Array<{
      config_repo: string;
      managed: boolean | number;
      stage: string | null;
      stage_order: number;
      deploy_state: DeployState;
      count: number | string;
    }> = await this.#query(scope, {})
      .select('config_repo', 'managed', 'stage', 'stage_order', 'deploy_state')
      .count({ count: '*' })
      .groupBy('config_repo', 'managed', 'stage', 'stage_order', 'deploy_state')
      .orderBy('stage_order');
    const clusters: string[] = await this.#query(scope, filters)
      .join('targets', 'targets.environment_id', 'environments.id')
      .distinct('targets.cluster')
      .orderBy('targets.cluster')
      .pluck('targets.cluster');

    const summary: ScopeSummary = {
      managed: 0,
      unmanaged: 0,
      configRepos: [...new Set(groups.map(group => group.config_repo))].sort(),
      stages: [],
      clusters,
      deployStates: {},
    };
    for (const group of groups) {
      const count = Number(group.count);
      if (group.managed) summary.managed += count;
      else summary.unmanaged += count;
      if (
        filters.managed !== undefined &&
        filters.managed !== Boolean(group.managed)
      ) {
        continue;
      }
      if (group.stage && !summary.stages.includes(group.stage)) {
        summary.stages.push(group.stage);
      }
      summary.deployStates[group.deploy_state] =
        (summary.deployStates[group.deploy_state] ?? 0) + count;
    }
    return summary;
  }

  #query(
    scope: EnvironmentScope,
    filters: EnvironmentFilters,
  ): Knex.QueryBuilder {
    const query = this.#knex('environments');
    whereInScope(query, scope);
    whereFiltered(query, filters, this.#clusterTitles);
    return query;
  }

  async #complete(rows: StoredEnvironmentRow[]): Promise<Environment[]> {
    const [targets, connections] = await Promise.all([
      this.#knex('targets')
        .whereIn(
          'environment_id',
          rows.map(row => row.id),
        )
        .orderBy(['environment_id', 'position']),
      readConnections(this.#knex),
    ]);
    return rows.map(row =>
      rowToEnvironment(
        row,
        targets.filter(target => target.environment_id === row.id),
        { connections, clusterTitles: this.#clusterTitles },
      ),
    );
  }
}
