import type {
  Finding,
  ManifestObject,
} from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../../configRepos/ConfigRepoReader';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import type { Snapshot } from '../../git';
import type { PlainSecretPolicy } from '../../manifests/checks';
import type { ClusterSchemas } from '../../schemas';
import type { PlannedChange } from '../plan/types';
import type { BlobTexts } from './BlobTexts';

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
  /** Nobody looks at the change: what cannot be wrong need not be searched for warnings. */
  onlyErrors: boolean;
  signal?: AbortSignal;
}

/** What is to be known of a change before it goes. */
export interface ChangeFindings {
  findings: Finding[];
  pruned: ManifestObject[];
}
