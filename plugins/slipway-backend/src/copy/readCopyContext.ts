import { NotFoundError } from '@backstage/errors';
import type { SyncEngine } from '@slipway/backstage-plugin-slipway-node';
import { readsConfigRepo } from '../configRepos/readsConfigRepo';
import type { ConfigRepoConfig } from '../configRepos/types';
import { repoKey, type EngineObjectStore } from '../engineObjects';
import type { RepoModel, SeenEngineObject } from '../status/types';
import type { CopyOptions } from './types';

export interface ReadCopyContextOptions {
  configRepos: readonly ConfigRepoConfig[];
  engines: ReadonlyMap<string, SyncEngine>;
  engineObjects: Pick<EngineObjectStore, 'allOfRepo' | 'managing'>;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
}

/** What planning a copy needs to know beyond Git. */
export async function readCopyContext(
  configRepo: string,
  { file }: RepoModel,
  options: ReadCopyContextOptions,
): Promise<Pick<CopyOptions, 'repoUrl' | 'branch' | 'policy' | 'engine'>> {
  const { configRepos, engines, engineObjects, resolveCluster } = options;
  const config = configRepos.find(({ name }) => name === configRepo);
  if (!config)
    throw new NotFoundError(`There is no config repo '${configRepo}'`);
  const engine = engines.get(file?.spec.engine?.kind ?? '');
  const isThisRepo = readsConfigRepo(config, configRepos);
  const objects: SeenEngineObject[] = [];
  for await (const chunk of engineObjects.allOfRepo([repoKey(config.url)])) {
    for (const { object } of chunk) {
      const sources = object.sources.filter(isThisRepo);
      if (sources.length > 0) objects.push({ ...object, sources });
    }
  }
  return {
    repoUrl: config.url,
    branch: config.branch,
    policy: config.plainSecrets ?? 'refuse',
    engine: {
      copyManifest: engine?.copyManifest?.bind(engine),
      objects,
      managing: wanted => engineObjects.managing(wanted),
      readsThisRepo: isThisRepo,
      resolveCluster,
    },
  };
}
