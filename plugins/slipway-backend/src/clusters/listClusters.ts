import type {
  Cluster,
  ClusterConnectionState,
  ClusterEngine,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';
import type { Knex } from 'knex';
import { fromJson } from '../database/json';
import type { EngineObjectStore } from '../engineObjects';
import { whereAccessible, type EnvironmentAccess } from '../permissions';

export interface ListClustersOptions {
  knex: Knex;
  clusters: ClusterConfig[];
  engineObjects: EngineObjectStore;
  access: EnvironmentAccess;
}

/**
 * Configured clusters by name. With conditional access, those that an environment targets which the caller may read;
 * counts are over such environments only, and what tells of
 * others, or of the portal's own files, is left out.
 */
export async function listClusters(
  options: ListClustersOptions,
): Promise<Cluster[]> {
  const { knex, clusters, access } = options;
  if (access.type === 'none') return [];
  const all = access.type === 'all';
  const targeted = knex('targets')
    .join('environments', 'environments.id', 'targets.environment_id')
    .select('targets.cluster', 'environments.id')
    .select({ modules: 'environments.module_total' })
    .groupBy('targets.cluster', 'environments.id', 'environments.module_total');
  whereAccessible(targeted, access);
  const [rows, engines, counts] = await Promise.all([
    targeted,
    knex('cluster_engines').orderBy('engine'),
    all ? options.engineObjects.counts() : undefined,
  ]);

  return [...clusters]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((config): Cluster => {
      const own = rows.filter(row => row.cluster === config.name);
      const ownEngines = engines.filter(row => row.cluster === config.name);
      return {
        name: config.name,
        title: config.title,
        kubernetesVersion:
          ownEngines.find(row => row.kubernetes_version)?.kubernetes_version ??
          undefined,
        engines: ownEngines.map(
          (row): ClusterEngine => ({
            kind: row.engine,
            connection: row.connection as ClusterConnectionState,
            since: row.since,
            reason: shownReason(fromJson(row.reason), all),
            asOf: row.heard_at ?? undefined,
            objects:
              counts &&
              (counts.find(
                count =>
                  count.cluster === config.name && count.engine === row.engine,
              )?.count ??
                0),
            version: row.engine_version ?? undefined,
            versionReason: fromJson(row.engine_version_reason),
            lagMilliseconds: row.lag_milliseconds ?? undefined,
          }),
        ),
        environments: own.length,
        modules: own.reduce((sum, row) => sum + Number(row.modules), 0),
      };
    })
    .filter(cluster => all || cluster.environments > 0);
}

/** Paths on the portal's machine are for who runs it. */
function shownReason(
  reason: Reason | undefined,
  all: boolean,
): Reason | undefined {
  if (!reason || all) return reason;
  const { file, ...params } = reason.params;
  return { ...reason, params };
}
