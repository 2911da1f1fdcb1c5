import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';
import { readClusterAuth } from './readClusterAuth';
import { normalizeServerUrl } from './serverUrl';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const OWN_KEYS = ['name', 'title', 'engines', 'aliases', 'auth'];

/**
 * Reads `slipway.clusters`.
 *
 * @throws InputError naming the key that is wrong, and what it may be.
 */
export function readClusters(config: RootConfigService): ClusterConfig[] {
  const entries = config.getOptionalConfigArray('slipway.clusters') ?? [];
  const clusters = entries.map((entry, index) =>
    readCluster(entry, `slipway.clusters[${index}]`, config),
  );
  assertDistinctNames(clusters);
  return clusters;
}

function readCluster(entry: Config, key: string, root: Config): ClusterConfig {
  const name = entry.getString('name');
  if (!NAME.test(name)) {
    throw new InputError(
      `${key}.name '${name}' must be a DNS label: lower case letters, digits and '-', at most 63`,
    );
  }
  const engines = entry.getOptionalStringArray('engines') ?? [];
  engines.forEach((engine, index) => {
    if (!NAME.test(engine)) {
      throw new InputError(
        `${key}.engines[${index}] '${engine}' must name a sync engine, such as argocd`,
      );
    }
    if (engines.indexOf(engine) !== index) {
      throw new InputError(`${key}.engines names '${engine}' twice`);
    }
  });
  return {
    name,
    title: entry.getOptionalString('title'),
    engines,
    aliases: entry.getOptionalStringArray('aliases') ?? [],
    auth: readClusterAuth(entry, key, {
      required: engines.length > 0,
      root,
      name,
    }),
    engineSettings: readEngineSettings(entry, key),
  };
}

function readEngineSettings(
  entry: Config,
  key: string,
): Record<string, JsonObject> {
  const settings: Record<string, JsonObject> = {};
  for (const name of entry.keys().filter(each => !OWN_KEYS.includes(each))) {
    const value = entry.get(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError(
        `${key}.${name} is not known: it must be one of ${OWN_KEYS.join(
          ', ',
        )}, or an object that holds the settings of the engine '${name}'`,
      );
    }
    settings[name] = value as JsonObject;
  }
  return settings;
}

function assertDistinctNames(clusters: ClusterConfig[]): void {
  const owners = new Map<string, string>();
  clusters.forEach(({ name }, index) => {
    if (owners.has(name)) {
      throw new InputError(
        `slipway.clusters[${index}].name '${name}' is used twice`,
      );
    }
    owners.set(name, name);
  });
  clusters.forEach(({ name, aliases }, index) => {
    aliases.forEach((alias, position) => {
      const normal = normalizeServerUrl(alias) ?? alias;
      const owner = owners.get(normal);
      if (owner !== undefined && owner !== name) {
        throw new InputError(
          `slipway.clusters[${index}].aliases[${position}] '${alias}' already stands for the cluster '${owner}'`,
        );
      }
      owners.set(normal, name);
    });
  });
}
