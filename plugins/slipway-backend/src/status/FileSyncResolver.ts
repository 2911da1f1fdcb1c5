import type { ModuleStateFileSync } from '@slipway/backstage-plugin-slipway-common';
import { CommitNotFound, type ConfigRepoGit } from '../git';
import type { ModuleModel } from './types';

const CACHE_SIZE = 50_000;
const UNKNOWN_MILLISECONDS = 30_000;

type History = Pick<ConfigRepoGit, 'objectAt' | 'commitsTouching'>;

export interface FileSyncResolverOptions {
  git: History;
  /** Called when an engine applied a revision that the branch did not have at the last look: it may be newer. */
  onUnknownRevision: () => void;
}

interface ResolveOptions {
  module: ModuleModel;
  /** Commit at the head of the branch. */
  head: string;
  appliedRevision: string | undefined;
  signal: AbortSignal;
}

/**
 * Compares a module's own object id at the branch head with the one at the applied revision, so that commits
 * which do not touch the module never make it look stale. Answers are kept: they hold for good for a pair of commits.
 */
export class FileSyncResolver {
  readonly #options: FileSyncResolverOptions;
  readonly #answers = new Map<string, Promise<ModuleStateFileSync>>();
  /** When each applied revision could not be judged, by the monotonic clock. */
  readonly #unknown = new Map<string, number>();
  /** Looks at the remote that had begun when an applied revision was first missed in the branch. */
  readonly #missedAt = new Map<string, number>();
  #looksBegun = 0;
  #lastLook = 0;

  private constructor(options: FileSyncResolverOptions) {
    this.#options = options;
  }

  static create(options: FileSyncResolverOptions): FileSyncResolver {
    return new FileSyncResolver(options);
  }

  /** Call when a look at the remote begins; call what it returns when the look was answered. */
  beginLook(): () => void {
    this.#looksBegun += 1;
    const look = this.#looksBegun;
    return () => {
      this.#lastLook = look;
    };
  }

  /** Whether there were revisions that could not be judged. */
  get hasUnknown(): boolean {
    return this.#unknown.size > 0;
  }

  async resolve(options: ResolveOptions): Promise<ModuleStateFileSync> {
    const { module, head, appliedRevision } = options;
    if (!appliedRevision) {
      return {
        state: 'NotDeployed',
        reason: { code: 'neverApplied', params: {} },
      };
    }
    if (appliedRevision === head) return { state: 'Current' };

    // One question that the remote does not answer is not asked for every module.
    const pair = `${head} ${appliedRevision}`;
    const since = this.#unknown.get(pair);
    if (
      since !== undefined &&
      performance.now() - since < UNKNOWN_MILLISECONDS
    ) {
      return revisionUnknown(appliedRevision);
    }
    const key = `${pair} ${module.path}`;
    const known = this.#answers.get(key);
    if (known) return known;
    if (this.#answers.size >= CACHE_SIZE) this.#answers.clear();
    const answer = this.#compare(options, appliedRevision);
    this.#answers.set(key, answer);
    answer.then(
      ({ state }) => {
        if (state === 'Unknown') this.#answers.delete(key);
        else this.#unknown.delete(pair);
      },
      () => this.#answers.delete(key),
    );
    return answer;
  }

  async #compare(
    { module, head, signal }: ResolveOptions,
    applied: string,
  ): Promise<ModuleStateFileSync> {
    const { git } = this.#options;
    try {
      const appliedObject = await git.objectAt(applied, module.path, {
        signal,
      });
      if (appliedObject === module.objectId) return { state: 'Current' };
      const touching = await git.commitsTouching({
        path: module.path,
        applied,
        head,
        signal,
      });
      return touching.type === 'diverged'
        ? this.#notInBranch(head, applied)
        : { state: 'Behind', commits: touching.commits };
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof CommitNotFound) {
        return this.#notInBranch(head, applied);
      }
      this.#unknown.set(`${head} ${applied}`, performance.now());
      return revisionUnknown(applied);
    }
  }

  /** An engine may be ahead of the last look at the branch: only a look that began after is sure. */
  #notInBranch(head: string, applied: string): ModuleStateFileSync {
    const missedAt = this.#missedAt.get(applied) ?? this.#looksBegun;
    if (this.#lastLook > missedAt) {
      this.#unknown.delete(`${head} ${applied}`);
      return { state: 'Diverged' };
    }
    this.#missedAt.set(applied, missedAt);
    // To be judged again after the next look, not after a while.
    this.#unknown.set(`${head} ${applied}`, -UNKNOWN_MILLISECONDS);
    this.#options.onUnknownRevision();
    return revisionUnknown(applied);
  }
}

function revisionUnknown(revision: string): ModuleStateFileSync {
  return {
    state: 'Unknown',
    reason: { code: 'revisionUnknown', params: { revision } },
  };
}
