import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type {
  ConfigRepoReader,
  CurrentConfigRepo,
} from '../../../configRepos/ConfigRepoReader';
import { CommitNotFound } from '../../../git';
import type { LeaseFence } from '../../../leases';
import { touchedModules } from '../../plan/planChange';
import { placeOf } from '../../../configRepos/placeOf';
import type { NewChange } from '../../types';
import { changedFiles } from './changedFiles';
import {
  ExternalChangeStore,
  type ExternalChange,
} from './ExternalChangeStore';
import { externalPushes, type ExternalPush } from './externalPushes';

/** Commits looked at after one move of the branch; more are one push. */
const MOST_COMMITS = 5_000;
/** Files that a change lists; it touches what all of them touch. */
const LISTED_FILES = 300;

export interface ExternalChangesOptions {
  knex: Knex;
  configRepo: string;
  lease: LeaseFence;
  reader: Pick<ConfigRepoReader, 'current'>;
  now: () => Date;
  logger: LoggerService;
}

/** Finds the commits that came past Slipway, and records them as changes. */
export class ExternalChanges {
  readonly #options: ExternalChangesOptions;
  readonly #store: ExternalChangeStore;
  /** Up to where this process has looked. */
  #seen: string | undefined;

  constructor(options: ExternalChangesOptions) {
    this.#options = options;
    this.#store = new ExternalChangeStore(options);
  }

  /**
   * Looks at what came since the last look. A commit of Slipway's own is never taken for another's: it was recorded before it was sent,
   * whatever became of the process that sent it.
   *
   * @param head - branch head as the read model has it
   */
  async record(
    head: string,
    signal: AbortSignal,
  ): Promise<{ recorded: boolean }> {
    if (this.#seen === head) return { recorded: false };
    const from = await this.#store.seen();
    let recorded = false;
    if (from === undefined) {
      await this.#store.begin(head);
    } else if (from !== head) {
      const { reader, configRepo } = this.#options;
      const repo = await reader.current(configRepo, signal);
      const changes = await this.#find(repo, from, head, signal);
      await this.#store.advance(from, head, changes);
      recorded = changes.length > 0;
    }
    this.#seen = head;
    return { recorded };
  }

  async #find(
    repo: CurrentConfigRepo,
    from: string,
    to: string,
    signal: AbortSignal,
  ): Promise<ExternalChange[]> {
    const { git } = repo;
    const commits = await known(
      git.commitsBetween(from, to, MOST_COMMITS, { signal }),
    );
    const lost = await known(git.commitsBetween(to, from, 1, { signal }));
    const rewritten = !commits || !lost || lost.length > 0;
    if (rewritten) {
      const push = { base: from, commit: to };
      return [await this.#describe(repo, push, signal, true)];
    }
    const ours = await this.#store.ours(commits.map(({ commit }) => commit));
    const pushes =
      commits.length < MOST_COMMITS
        ? externalPushes({ from, to, commits, ours })
        : [{ base: from, commit: to }];
    const changes: ExternalChange[] = [];
    for (const push of pushes) {
      changes.push(await this.#describe(repo, push, signal, false));
    }
    return changes;
  }

  async #describe(
    { git, model, shared }: CurrentConfigRepo,
    { base, commit }: ExternalPush,
    signal: AbortSignal,
    rewritten: boolean,
  ): Promise<ExternalChange> {
    const before = await known(git.snapshotAt(base, { signal }));
    const after = await git.snapshotAt(commit, { signal });
    const all = before ? changedFiles(before, after) : [];
    const places = new Map(
      all
        .flatMap(({ path, oldPath }) => [path, oldPath ?? []].flat())
        .map(path => [path, placeOf(model, path, shared.sharedBy)]),
    );
    const files = all.slice(0, LISTED_FILES).map(file => {
      const place = places.get(file.path);
      return place?.type === 'module'
        ? { ...file, environment: place.environment, module: place.module }
        : file;
    });
    const omitted = all.length - files.length;
    return {
      info: await git.commitInfo(commit, { signal }),
      reason:
        (rewritten && { code: 'historyRewritten', params: {} }) ||
        (omitted > 0 && {
          code: 'moreFilesChanged',
          params: { count: String(omitted) },
        }) ||
        undefined,
      operations: files.map(toOperation),
      plan: {
        base,
        digest: '',
        files,
        touches: touchedModules(model.environments, [...places.values()]),
        places: [...places].map(([path, place]) => ({ path, place })),
      },
    };
  }
}

function toOperation({
  path,
  oldPath,
  status,
}: NewChange['plan']['files'][number]): NewChange['operations'][number] {
  if (status === 'deleted') return { type: 'delete', path };
  return oldPath === undefined
    ? { type: 'write', path }
    : { type: 'rename', path, from: oldPath };
}

/** Nothing when the remote no longer has a commit. */
async function known<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CommitNotFound) return undefined;
    throw error;
  }
}
