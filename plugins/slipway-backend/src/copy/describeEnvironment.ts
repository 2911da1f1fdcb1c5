import {
  environmentFilePath,
  SLIPWAY_API_VERSION,
} from '@slipway/backstage-plugin-slipway-common';
import { stringify } from 'yaml';
import type { EnvironmentModel, ModuleModel } from '../status/types';
import type { CopyRow, CopyTo } from './types';

/** Makes the file that declares a new environment; titles and owners of its modules are those of the source. */
export function describeEnvironment(
  source: EnvironmentModel,
  to: CopyTo,
  modules: readonly ModuleModel[],
): CopyRow {
  const { name, title, description, stage, targets } = to;
  const described = modules.flatMap(module => {
    const about = {
      title: module.title,
      description: module.description,
      owner: module.owner,
      entity: module.entityRef,
    };
    const said = Object.values(about).some(one => one !== undefined);
    return said ? [[module.name, about] as const] : [];
  });
  const text = stringify(
    {
      apiVersion: SLIPWAY_API_VERSION,
      kind: 'Environment',
      metadata: {
        name,
        title: title || undefined,
        description: description || undefined,
      },
      spec: {
        targets: targets.map(({ cluster, namespace }) => ({
          cluster,
          namespace,
        })),
        stage: stage || undefined,
        owner: source.owner,
        modules:
          described.length > 0 ? Object.fromEntries(described) : undefined,
      },
    },
    { keepUndefined: false, lineWidth: 0 },
  );
  const path = environmentFilePath(name);
  return {
    file: {
      type: 'environment',
      path,
      status: 'created',
      values: 0,
      remarks: [],
    },
    operation: { type: 'write', path, content: Buffer.from(text) },
  };
}
