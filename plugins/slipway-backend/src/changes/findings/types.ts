import type {
  Finding,
  ManifestObject,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import type { CurrentConfigRepo } from '../../configRepos/ConfigRepoReader';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import type { Snapshot } from '../../git';
import type { PlainSecretPolicy } from '../../manifests/checks';
import type { ClusterSchemas } from '../../schemas';
import type { PlannedChange } from '../plan/types';
import type { BlobTexts } from './BlobTexts';

/** By `moduleKey`, for each engine object that carries the module, its sources in this config repo. */
export type ModuleSources = ReadonlyMap<string, EngineSource[][]>;

export interface FindingsOptions {
  repo: Pick<CurrentConfigRepo, 'snapshot' | 'model' | 'shared'>;
  planned: PlannedChange;
  /** The tree with the change; the same as `repo.snapshot` when it cannot go as a whole. */
  after: Snapshot;
  texts: BlobTexts;
  secretSource: SecretSources;
  /** By its place at the branch head. */
  mayRead: (path: string) => boolean;
  policy: PlainSecretPolicy;
  schemas: Pick<ClusterSchemas, 'get'>;
  /** What sync engines read for each of these modules. */
  readSources: (modules: readonly TouchedModule[]) => Promise<ModuleSources>;
  /** Nobody looks at the change: what cannot be wrong need not be searched for warnings. */
  onlyErrors: boolean;
  signal?: AbortSignal;
}

/** What is to be known of a change before it goes. */
export interface ChangeFindings {
  findings: Finding[];
  pruned: ManifestObject[];
}
