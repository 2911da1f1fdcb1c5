import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../configRepos/ConfigRepoReader';
import { readSecretSources } from '../configRepos/shared/readSecretSources';
import { editTree } from '../git';
import type { ClusterSchemas } from '../schemas';
import { BlobTexts } from './findings/BlobTexts';
import { collectFindings } from './findings/collectFindings';
import {
  readModuleSources,
  type ReadModuleSourcesOptions,
} from './findings/readModuleSources';
import type { ChangeFindings } from './findings/types';
import { diffFiles } from './plan/diffFiles';
import type { PlannedChange } from './plan/types';

export interface ReviewPlanOptions extends ReadModuleSourcesOptions {
  repo: CurrentConfigRepo;
  schemas: Pick<ClusterSchemas, 'get'>;
  mayRead: (path: string) => boolean;
  /** Nobody is to look at it. */
  onlyErrors: boolean;
  /** Whether each file comes with what changes in it. */
  diffs: boolean;
  signal?: AbortSignal;
}

/** What a person looks at before a change goes: findings, and what changes in each file. */
export async function reviewPlan(
  configRepo: string,
  planned: PlannedChange,
  options: ReviewPlanOptions,
): Promise<ChangeFindings & { files: PlannedFile[] }> {
  const { configRepos, repo, signal } = options;
  const newBlobs = new Map(
    planned.sides.flatMap(({ after }) =>
      after?.content ? [[after.entry.oid, after.content] as const] : [],
    ),
  );
  const after =
    planned.edits.length > 0
      ? editTree(repo.snapshot, planned.edits).tree
      : repo.snapshot;
  const readBlob = async (oid: string, maxBytes: number) =>
    newBlobs.get(oid) ?? repo.git.readBlob(oid, { maxBytes, signal });
  const secretSource = await readSecretSources(repo, [after], {
    signal,
    newBlobs,
  });
  const policy =
    configRepos.find(({ name }) => name === configRepo)?.plainSecrets ??
    'refuse';
  const found = await collectFindings({
    ...options,
    planned,
    after,
    texts: new BlobTexts(readBlob),
    secretSource,
    policy,
    readSources: touched => readModuleSources(configRepo, touched, options),
  });
  const files = options.diffs
    ? await diffFiles(planned.files, planned.sides, {
        readBlob,
        secretSource,
        signal,
      })
    : planned.files;
  return { ...found, files };
}
