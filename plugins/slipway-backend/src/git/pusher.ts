import { InputError } from '@backstage/errors';
import type { GitCallOptions } from './configRepoGitOptions';
import { parseCommit } from './commitParser';
import { encodePack } from './encodePack';
import { GitError } from './gitError';
import type { NewObject } from './newObject';
import { checkObjectId } from './objectId';
import type { PushReport } from './receivePack';
import type { RepoCache } from './repoCache';
import type { SmartHttp } from './smartHttp';
import type { Snapshot } from './snapshot';

export interface PushOptions extends GitCallOptions {
  /** The commit that the branch must be at. */
  from: string;
  /** The new commit; several may go in a chain, this one is the last. */
  to: string;
  /** The tree of `to`. */
  tree: Snapshot;
  /** Exactly what is new: blobs, trees and commits. */
  objects: readonly NewObject[];
}

export type PushResult =
  | { type: 'pushed' }
  /** The branch is elsewhere: refresh and look. */
  | { type: 'stale' }
  /** A hook, a protected branch, no right: the server's own words, in lines. */
  | { type: 'refused'; words: string };

/** Pushes to the branch of a config repo, one request for each push. */
export class Pusher {
  readonly #cache: RepoCache;
  readonly #remote: SmartHttp;
  readonly #branch: string;

  constructor(cache: RepoCache, remote: SmartHttp, branch: string) {
    this.#cache = cache;
    this.#remote = remote;
    this.#branch = branch;
  }

  async push(options: PushOptions, signal: AbortSignal): Promise<PushResult> {
    const { from, to, objects } = options;
    checkPush(options);
    const pack = await encodePack(objects, signal);
    const report = await this.#send(options, pack.bytes, signal);
    if (report.type === 'declined') {
      // The server's reason is text, so the branch itself tells which it was.
      const now = await this.#cache.look(signal);
      return now === from
        ? { type: 'refused', words: report.words }
        : { type: 'stale' };
    }
    await this.#cache.keepPushed({ from, to }, pack);
    return { type: 'pushed' };
  }

  async #send(
    { from, to }: PushOptions,
    pack: Buffer,
    signal: AbortSignal,
  ): Promise<PushReport> {
    const ref = `refs/heads/${this.#branch}`;
    try {
      return await this.#remote.push({ ref, from, to }, pack, signal);
    } catch (error) {
      if (!(error instanceof GitError && error.problem === 'unknownOutcome')) {
        throw error;
      }
      // Only one answer is certain: a branch that is not there now may still
      // be on its way, or have been there and gone on.
      const now = await this.#cache.look(signal).catch(() => undefined);
      if (now === to) {
        return { type: 'ok' };
      }
      throw error;
    }
  }
}

function checkPush({ from, to, tree, objects }: PushOptions): void {
  checkObjectId(from);
  const commit = objects.find(({ oid }) => oid === to);
  if (
    commit?.type !== 'commit' ||
    parseCommit(to, commit.data).tree !== tree.rootTree
  ) {
    throw new InputError(
      `Commit ${to} with tree ${tree.rootTree} is not among the objects to push`,
    );
  }
}
