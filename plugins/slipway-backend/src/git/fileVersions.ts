import type { CommitNode, History, NeedsDepth } from './history';
import { Pause } from './pause';

/** A commit that changed a file, and where its lines may come from. */
export interface FileVersion {
  readonly commit: string;
  /** Id of the content. */
  readonly oid: string;
  /** The versions before this one; several after a merge that changed it. */
  readonly before: readonly string[];
}

export interface FileVersions {
  type: 'found';
  /** Each version before those that it comes from; empty without such a file. */
  versions: FileVersion[];
}

/**
 * The versions that led to the file at `path` of commit `from`, back to where
 * it was made. Of a merge that took one side's state only that side is looked
 * at.
 */
export async function fileVersions(
  history: History,
  question: { path: string; from: string; signal: AbortSignal },
): Promise<FileVersions | NeedsDepth> {
  const { path } = question;
  const pause = new Pause(question.signal);
  const fileAt = (commit: CommitNode) => {
    const entry = history.entryAt(commit.tree, path);
    return entry?.mode.startsWith('10') ? entry.oid : undefined;
  };
  /** Goes back to the commit that made the file what it is. */
  const origin = async (oid: string): Promise<CommitNode | undefined> => {
    let commit = history.commit(oid);
    for (;;) {
      if (pause.isDue()) {
        await pause.take();
      }
      if (history.isShallow(commit)) {
        return undefined;
      }
      const here = commit;
      const same = here.parents.findIndex((_, i) =>
        history.changedPaths.isSame(here, i, path),
      );
      if (same < 0) {
        return commit;
      }
      commit = history.commit(here.parents[same]);
    }
  };

  const found = new Map<string, FileVersion>();
  const ordered: FileVersion[] = [];
  const first = history.commit(question.from);
  // A version stands on the stack twice: to look behind it, and to be put
  // before all that is behind it.
  const stack: { commit: CommitNode; done?: FileVersion }[] = [];
  const enter = async (oid: string) => {
    const commit = await origin(oid);
    if (commit && !found.has(commit.oid)) {
      stack.push({ commit });
    }
    return commit;
  };
  if (fileAt(first) !== undefined && !(await enter(first.oid))) {
    return { type: 'needsDepth' };
  }
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { commit, done } = top;
    if (done) {
      ordered.push(done);
      continue;
    }
    if (found.has(commit.oid)) {
      continue;
    }
    const before = new Set<string>();
    const version = { commit: commit.oid, oid: fileAt(commit)!, before: [] };
    found.set(commit.oid, version);
    stack.push({ commit, done: version });
    for (const parent of commit.parents) {
      if (fileAt(history.commit(parent)) !== undefined) {
        const from = await enter(parent);
        if (!from) {
          return { type: 'needsDepth' };
        }
        before.add(from.oid);
      }
    }
    Object.assign(version, { before: [...before] });
  }
  return { type: 'found', versions: ordered.reverse() };
}
