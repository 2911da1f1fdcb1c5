import { setTimeout as sleep } from 'node:timers/promises';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  GitError,
  type ConfigRepoGit,
  type GitProblem,
  type Snapshot,
} from '../../git';
import type { PlannedEdits } from '../plan/types';
import type { PendingChange } from '../types';
import { buildChain, type CommitChain } from './buildChain';
import type { ChangeExecutorOptions } from './ChangeExecutor';
import { Waiters } from './Waiters';

const CHAIN_LIMIT = 100;
const STALE_LIMIT = 20;
const TROUBLE_LIMIT = 5;
const LONGEST_PAUSE = 30_000;

/** Problems that waiting does not mend. */
const LASTING: ReadonlySet<GitProblem> = new Set([
  'unauthorized',
  'repositoryNotFound',
  'emptyRepository',
  'branchNotFound',
  'notAGitServer',
  'tooLarge',
]);

export interface ConfigRepoQueueOptions extends ChangeExecutorOptions {
  configRepo: string;
  signal: AbortSignal;
}

/** What a change comes to at the commit `base`. */
export type KnownPlan = PlannedEdits & { base: string };

/** Works off what waits for one config repo. */
export class ConfigRepoQueue {
  readonly #options: ConfigRepoQueueOptions;
  readonly #waiters = new Waiters();
  /** What those that wait here were planned to be; only spares planning them again. */
  readonly #planned = new Map<number, KnownPlan>();
  #running: Promise<void> | undefined;
  #again = false;
  /** So many changes go out one by one, since the server refused them together. */
  #alone = 0;
  /** Passes in a row that came to nothing. */
  #trouble = 0;

  private constructor(options: ConfigRepoQueueOptions) {
    this.#options = options;
  }

  static create(options: ConfigRepoQueueOptions): ConfigRepoQueue {
    return new ConfigRepoQueue(options);
  }

  /** Brings a change that was just recorded into the branch; waits until it ended, or the time is over. */
  async push(
    change: number,
    planned: KnownPlan,
    milliseconds: number,
  ): Promise<void> {
    this.#planned.set(change, planned);
    const told = this.#waiters.wait(change, milliseconds);
    this.wake();
    await told;
    this.#planned.delete(change);
  }

  wake(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#work().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async ended(change: number, milliseconds: number): Promise<void> {
    const told = this.#waiters.wait(change, milliseconds);
    // It may have ended before anyone waited.
    const { state } = (await this.#options.store.get(change)) ?? {};
    if (state !== 'Accepted' && state !== 'Pushing')
      this.#waiters.release([change]);
    await told;
  }

  async #work(): Promise<void> {
    const { signal, logger, configRepo } = this.#options;
    let more = true;
    while (more && !signal.aborted) {
      try {
        more = await this.#pass();
      } catch (error) {
        this.#trouble += 1;
        logger.warn(
          `Changes of config repo '${configRepo}' could not be pushed; trying again`,
          error as Error,
        );
      }
      if (more && this.#trouble > 0) await this.#pause();
    }
    // Another replica may have ended what someone waits for here.
    this.#tell(this.#waiters.changes());
  }

  /** One push; false when nothing waits. */
  async #pass(): Promise<boolean> {
    const { store, open, configRepo } = this.#options;
    const limit = this.#alone > 0 ? 1 : CHAIN_LIMIT;
    this.#alone = Math.max(0, this.#alone - 1);
    const git = await open(configRepo);
    // The head first: whatever is in it was recorded before it is asked for.
    let head = git.snapshot;
    let changes = await store.pending(configRepo, limit);
    if (changes.length === 0) {
      this.#trouble = 0;
      return false;
    }
    try {
      if (!head || changes.some(({ attempts }) => attempts.length > 0)) {
        head = (await git.refresh({ signal: this.#options.signal })).snapshot;
        changes = await this.#notYetThere(
          git,
          await store.pending(configRepo, limit),
        );
      }
      await this.#send(git, head, changes);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      await this.#afterProblem(error, changes);
    }
    return true;
  }

  /** Changes of which no attempt arrived; marks the others. */
  async #notYetThere(
    git: ConfigRepoGit,
    changes: readonly PendingChange[],
  ): Promise<PendingChange[]> {
    const { store } = this.#options;
    const arrived: Array<{ change: number; commit: string }> = [];
    const missing: PendingChange[] = [];
    for (const change of changes) {
      let found: string | undefined;
      for (const { commit } of change.attempts) {
        if (await git.inHistory(commit)) found = commit;
      }
      if (found) arrived.push({ change: change.id, commit: found });
      else missing.push(change);
    }
    if (arrived.length > 0) {
      await store.markPushed(arrived);
      this.#tell(arrived.map(({ change }) => change));
    }
    const open = missing.flatMap(({ attempts }) =>
      attempts.filter(
        ({ result }) => result === 'sent' || result === 'unknown',
      ),
    );
    if (open.length > 0) {
      await store.endAttempts(
        open.map(({ commit }) => commit),
        'stale',
      );
    }
    return missing.map(change => ({
      ...change,
      attempts: change.attempts.map(attempt =>
        open.includes(attempt) ? { ...attempt, result: 'stale' } : attempt,
      ),
    }));
  }

  async #send(
    git: ConfigRepoGit,
    head: Snapshot,
    changes: readonly PendingChange[],
  ): Promise<void> {
    const { store, committer, sign, recheck } = this.#options;
    const { now = () => new Date() } = this.#options;
    const tired = changes.filter(
      ({ attempts }) =>
        attempts.filter(({ result }) => result === 'stale').length >=
        STALE_LIMIT,
    );
    await this.#fail(tired, { code: 'branchTooBusy', params: {} });
    const chain = await buildChain({
      head,
      changes: changes.filter(change => !tired.includes(change)),
      committer,
      sign,
      recheck,
      known: (change, commit) => {
        const planned = this.#planned.get(change);
        return planned?.base === commit ? planned : undefined;
      },
      now: now(),
      readBlob: oid => git.readBlob(oid),
    });
    for (const { change, reason } of chain.failed) {
      await this.#fail(
        changes.filter(({ id }) => id === change),
        reason,
      );
    }
    const last = chain.attempts.at(-1);
    if (!last || !(await store.recordAttempts(chain.attempts))) return;
    await this.#push(git, head, last.commit, chain);
  }

  async #push(
    git: ConfigRepoGit,
    head: Snapshot,
    to: string,
    { attempts, objects, tree }: CommitChain,
  ): Promise<void> {
    const { store } = this.#options;
    const commits = attempts.map(({ commit }) => commit);
    try {
      const from = head.commit;
      const result = await git.push({ from, to, tree, objects });
      this.#trouble = 0;
      if (result.type === 'pushed') {
        await store.markPushed(attempts);
        this.#tell(attempts.map(({ change }) => change));
      } else if (result.type === 'stale') {
        await store.endAttempts(commits, 'stale');
      } else {
        await store.endAttempts(commits, 'refused', result.words);
        if (attempts.length > 1) this.#alone = attempts.length;
        else {
          const { words } = result;
          const reason = { code: 'pushRefused', params: { words } };
          await store.markFailed(attempts[0].change, reason);
          this.#tell([attempts[0].change]);
        }
      }
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const unknown = error.problem === 'unknownOutcome';
      const result = unknown ? 'unknown' : 'refused';
      await store.endAttempts(commits, result, error.detail);
      throw error;
    }
  }

  async #afterProblem(
    error: GitError,
    changes: readonly PendingChange[],
  ): Promise<void> {
    const { logger, configRepo } = this.#options;
    if (error.problem === 'unknownOutcome') {
      logger.warn(`The answer of config repo '${configRepo}' was lost`, error);
      this.#trouble = Math.max(1, this.#trouble);
      return;
    }
    this.#trouble += 1;
    if (!LASTING.has(error.problem) && this.#trouble <= TROUBLE_LIMIT) return;
    const current = await this.#options.store.pending(configRepo, CHAIN_LIMIT);
    // Of what may have arrived nobody can say that it failed.
    const known = current.filter(
      ({ id, attempts }) =>
        changes.some(change => change.id === id) &&
        attempts.every(
          ({ result }) => result !== 'sent' && result !== 'unknown',
        ),
    );
    const { problem, detail } = error;
    await this.#fail(known, { code: problem, params: { detail } });
    if (known.length > 0) this.#trouble = 0;
  }

  async #fail(
    changes: readonly PendingChange[],
    reason: Reason,
  ): Promise<void> {
    for (const { id } of changes) {
      await this.#options.store.markFailed(id, reason);
      this.#tell([id]);
    }
  }

  #tell(changes: readonly number[]): void {
    this.#waiters.release(changes);
    if (changes.length > 0) this.#options.onEnded?.(this.#options.configRepo);
  }

  async #pause(): Promise<void> {
    const milliseconds = Math.min(LONGEST_PAUSE, 100 * 2 ** this.#trouble);
    const { signal } = this.#options;
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
