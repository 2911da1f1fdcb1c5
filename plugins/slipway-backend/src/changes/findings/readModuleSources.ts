import type { TouchedModule } from '@slipway/backstage-plugin-slipway-common';
import { readsConfigRepo } from '../../configRepos/readsConfigRepo';
import type { ConfigRepoConfig } from '../../configRepos/types';
import type { EngineObjectStore } from '../../engineObjects';
import type { ModuleStore } from '../../modules/types';
import { moduleKey } from '../../status/linking';
import { moduleId } from '../../status/rows';
import type { ModuleSources } from './types';

export interface ReadModuleSourcesOptions {
  configRepos: readonly ConfigRepoConfig[];
  engineObjects: Pick<EngineObjectStore, 'byIds'>;
  modules: Pick<ModuleStore, 'carriersOfAll'>;
}

/** Looks up what sync engines read for each of some modules of a config repo. */
export async function readModuleSources(
  configRepo: string,
  touched: readonly TouchedModule[],
  { configRepos, engineObjects, modules }: ReadModuleSourcesOptions,
): Promise<ModuleSources> {
  const config = configRepos.find(({ name }) => name === configRepo);
  if (!config || touched.length === 0) return new Map();
  const carriers = await modules.carriersOfAll(configRepo, touched);
  const ids = new Set([...carriers.values()].flat());
  const stored = await engineObjects.byIds([...ids]);
  const isThisRepo = readsConfigRepo(config, configRepos);
  const sourcesOf = new Map(
    stored.map(({ id, object }) => [id, object.sources.filter(isThisRepo)]),
  );
  return new Map(
    touched.map(({ environment, module }) => [
      moduleKey(environment, module),
      (carriers.get(moduleId(configRepo, environment, module)) ?? []).flatMap(
        id => {
          const sources = sourcesOf.get(id);
          return sources ? [sources] : [];
        },
      ),
    ]),
  );
}
