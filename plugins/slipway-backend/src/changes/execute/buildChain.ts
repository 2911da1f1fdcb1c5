import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  commitObject,
  editTree,
  type CommitSigner,
  type NewObject,
  type Person,
  type Snapshot,
} from '../../git';
import { isKustomization } from '../../manifests/kustomize';
import { planEdits } from '../plan/planEdits';
import type { PlannedEdits } from '../plan/types';
import type { NewAttempt, PendingChange } from '../types';
import { commitMessage } from './commitMessage';
import type { RecheckGate } from './recheckGate';

/** Commits that go out in one push. */
export interface CommitChain {
  attempts: NewAttempt[];
  objects: NewObject[];
  tree: Snapshot;
  /** Changes that cannot go on this head. */
  failed: Array<{ change: number; reason: Reason }>;
}

/**
 * Puts changes on a branch head, each as one commit on the one before. A change that overlaps one before it in the chain is left out:
 * it is looked at again when that one is in the branch.
 */
export async function buildChain(options: {
  head: Snapshot;
  changes: readonly PendingChange[];
  committer: Person;
  sign?: CommitSigner;
  recheck?: RecheckGate;
  /** What a change comes to at a commit, where that is known from planning it. */
  known?: (change: number, commit: string) => PlannedEdits | undefined;
  now: Date;
  readBlob: (oid: string) => Promise<Buffer>;
}): Promise<CommitChain> {
  const { head, changes, committer, sign, recheck, known, now, readBlob } =
    options;
  const chain: CommitChain = {
    attempts: [],
    objects: [],
    tree: head,
    failed: [],
  };
  const plan = (snapshot: Snapshot, { operations }: PendingChange) =>
    planEdits({ snapshot, operations, readBlob });
  for (const change of changes) {
    const planned =
      known?.(change.id, head.commit) ?? (await plan(head, change));
    const reason =
      whyNot(planned) ??
      (change.base === head.commit ? undefined : await recheck?.(change));
    if (reason) {
      chain.failed.push({ change: change.id, reason });
      continue;
    }
    const { edits, objects } =
      chain.tree === head ? planned : await plan(chain.tree, change);
    if (edits.length === 0) continue;
    const edited = editTree(chain.tree, edits);
    const parent = chain.attempts.at(-1)?.commit ?? head.commit;
    const commit = commitObject({
      tree: edited.tree.rootTree,
      parents: [parent],
      author: change.author,
      authorAt: new Date(change.requestedAt),
      committer,
      committerAt: now,
      message: commitMessage(change.message, change.id),
      sign,
    });
    chain.attempts.push({
      change: change.id,
      base: parent,
      commit: commit.oid,
    });
    chain.objects.push(...objects, ...edited.objects, commit);
    chain.tree = edited.tree;
    // What comes behind it may touch something else with it in place: that is judged when it is in the branch.
    if (edits.some(({ path }) => changesPlaces(path))) break;
  }
  const byId = new Map(chain.objects.map(object => [object.oid, object]));
  return { ...chain, objects: [...byId.values()] };
}

/** Whether what a path is part of depends on the file. */
function changesPlaces(path: string): boolean {
  return path.startsWith('.slipway/') || isKustomization(path);
}

function whyNot({
  files,
  edits,
}: Awaited<ReturnType<typeof planEdits>>): Reason | undefined {
  const refused = files.find(({ status }) => status === 'refused');
  if (refused?.reason) return refused.reason;
  const conflict = files.find(({ status }) => status === 'conflict');
  if (conflict) return { code: 'conflict', params: { path: conflict.path } };
  return edits.length === 0 ? { code: 'changeEmpty', params: {} } : undefined;
}
