import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { NotOurRef } from './advertisement';
import { BareRepository } from './bareRepository';
import { CommitInfo, parseCommit } from './commitParser';
import { commitsTouching, TouchingResult } from './commitsTouching';
import { CommitNotFound, GitError } from './gitError';
import type { NeedsDepth } from './history';
import { HttpClient } from './httpClient';
import { lastChanges } from './lastChanges';
import { LocalRepository } from './localRepository';
import { checkBranchName, checkRepositoryUrl } from './refName';
import { RemoteFetcher } from './remoteFetcher';
import { SharedCall, Turns } from './sharedCall';
import { GitCredentials, SmartHttp } from './smartHttp';
import type { Snapshot } from './snapshot';

export interface ConfigRepoGitOptions {
  /** `http` or `https`, without credentials in it. */
  url: string;
  branch: string;
  /**
   * Folder of the cache, a bare repository. May exist from before; what is
   * broken or belongs to another URL or branch is fetched anew. One process at
   * a time.
   */
  directory: string;
  logger: LoggerService;
  /** Asked for each request; never kept, logged or told. */
  credentials(): Promise<GitCredentials>;
  /** Certificates in PEM form, trusted beside the usual ones. */
  ca?: string;
  /** How long the server may stay silent; 60 s by default. */
  idleTimeoutMs?: number;
  /** The largest pack to take; 1 GiB by default. */
  maxPackBytes?: number;
}

export interface GitCallOptions {
  signal?: AbortSignal;
}

export interface RefreshResult {
  changed: boolean;
  snapshot: Snapshot;
}

const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_PACK_BYTES = 1024 ** 3;
const DEFAULT_BLOB_BYTES = 16 * 1024 ** 2;

/**
 * One branch of one remote repository: its head's tree in memory, its objects
 * in a cache on disk, and its history as far as someone asked for it.
 *
 * Everything here throws {@link GitError} when the remote cannot be read. A
 * damaged cache mends itself by fetching anew.
 */
export class ConfigRepoGit {
  readonly #options: ConfigRepoGitOptions;
  readonly #local: LocalRepository;
  readonly #http: HttpClient;
  readonly #remote: RemoteFetcher;
  readonly #turns = new Turns();
  readonly #refreshing = new SharedCall<RefreshResult>();
  readonly #closed = new AbortController();
  readonly #absent = new Set<string>();
  #snapshot: Snapshot | undefined;
  #damaged = false;

  private constructor(
    options: ConfigRepoGitOptions,
    local: LocalRepository,
    snapshot: Snapshot | undefined,
  ) {
    const { url, ca, credentials, idleTimeoutMs = DEFAULT_IDLE_MS } = options;
    this.#options = options;
    this.#local = local;
    this.#snapshot = snapshot;
    this.#http = HttpClient.create({ ca, idleTimeoutMs });
    this.#remote = new RemoteFetcher(
      local,
      new SmartHttp({ url, http: this.#http, credentials }),
      options.maxPackBytes ?? DEFAULT_PACK_BYTES,
    );
  }

  /**
   * Reads what is on disk, without the network, so that a restart is warm.
   *
   * Throws InputError for a URL or branch name that cannot be right.
   */
  static async open(options: ConfigRepoGitOptions): Promise<ConfigRepoGit> {
    const { url, branch, directory, logger } = options;
    checkRepositoryUrl(url);
    checkBranchName(branch);
    const files = new BareRepository(directory, url, branch);
    try {
      const local = await LocalRepository.open(files);
      try {
        const snapshot = local.head ? local.snapshot(local.head) : undefined;
        return new ConfigRepoGit(options, local, snapshot);
      } catch (error) {
        local.close();
        throw error;
      }
    } catch (error) {
      if (!isCorrupt(error)) {
        throw error;
      }
      logger.warn(`Git cache of ${url} is damaged and starts afresh: ${error}`);
      await files.reset();
      const local = await LocalRepository.open(files);
      return new ConfigRepoGit(options, local, undefined);
    }
  }

  /** The head's tree as of the last refresh. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /**
   * Looks at the remote branch and, if it moved (forwards or not), fetches it.
   * Calls at the same time share one look; aborting one leaves the others be.
   */
  async refresh(options: GitCallOptions = {}): Promise<RefreshResult> {
    const signal = this.#signal(options);
    return this.#refreshing.run(signal, shared => this.#refreshNow(shared));
  }

  /**
   * The content of a file.
   *
   * Throws `tooLarge` above `maxBytes` (16 MiB by default), NotFoundError when
   * neither cache nor remote have it.
   */
  async readBlob(
    oid: string,
    options: GitCallOptions & { maxBytes?: number } = {},
  ): Promise<Buffer> {
    checkOid(oid);
    const { maxBytes = DEFAULT_BLOB_BYTES } = options;
    const signal = this.#signal(options);
    return this.#mending(signal, async () => {
      const read = () => this.#local.store.read(oid, maxBytes);
      const object =
        read() ??
        (await this.#turns.take(async () => {
          const found = read();
          if (found || !(await this.#remote.fetchObject(oid, signal))) {
            return found;
          }
          return read();
        }));
      if (object?.type !== 'blob') {
        throw new NotFoundError(`No file content ${oid} in the repository`);
      }
      return object.data;
    });
  }

  /** Throws {@link CommitNotFound} when the remote does not have it. */
  async commitInfo(
    commit: string,
    options: GitCallOptions = {},
  ): Promise<CommitInfo> {
    const signal = this.#signal(options);
    return this.#mending(signal, async () => {
      await this.#needCommit(commit, signal);
      return this.#readCommit(commit);
    });
  }

  /**
   * The tree or blob at a path of any commit, undefined where there is none.
   *
   * Throws {@link CommitNotFound} when the remote does not have the commit.
   */
  async objectAt(
    commit: string,
    path: string,
    options: GitCallOptions = {},
  ): Promise<string | undefined> {
    const signal = this.#signal(options);
    return this.#mending(signal, async () => {
      await this.#needCommit(commit, signal);
      const { history } = this.#local;
      return history.entryAt(history.commit(commit).tree, path)?.oid;
    });
  }

  /**
   * How many commits of head's history, not in that of `applied`, changed what
   * is at `path`; `diverged` when `applied` is not in head's history.
   */
  async commitsTouching(
    options: GitCallOptions & { path: string; applied: string; head: string },
  ): Promise<TouchingResult> {
    const { applied, head } = options;
    const signal = this.#signal(options);
    return this.#mending(signal, async () => {
      await this.#needCommit(head, signal);
      try {
        await this.#needCommit(applied, signal);
      } catch (error) {
        if (error instanceof CommitNotFound) {
          return { type: 'diverged' };
        }
        throw error;
      }
      return this.#withDepth(signal, () =>
        commitsTouching(this.#local.history, options),
      );
    });
  }

  /** The last commit of head's history that changed what is at `path`. */
  async lastChange(
    path: string,
    options: GitCallOptions = {},
  ): Promise<CommitInfo | undefined> {
    return (await this.lastChanges([path], options)).get(path);
  }

  /** {@link ConfigRepoGit.lastChange} for many paths in one walk. */
  async lastChanges(
    paths: readonly string[],
    options: GitCallOptions = {},
  ): Promise<Map<string, CommitInfo>> {
    const signal = this.#signal(options);
    const head = (this.#snapshot ?? (await this.refresh(options)).snapshot)
      .commit;
    return this.#mending(signal, async () => {
      const found = await this.#withDepth(signal, () =>
        lastChanges(this.#local.history, head, paths),
      );
      const infos = new Map<string, CommitInfo>();
      for (const commit of new Set(found.commits.values())) {
        infos.set(commit, this.#readCommit(commit));
      }
      return new Map(
        [...found.commits].map(([path, commit]) => [path, infos.get(commit)!]),
      );
    });
  }

  /** Ends what is under way. The cache stays for the next time. */
  async close(): Promise<void> {
    this.#closed.abort(new Error('The config repo was closed'));
    await this.#turns.take(async () => this.#local.close());
    await this.#http.close();
  }

  async #refreshNow(signal: AbortSignal): Promise<RefreshResult> {
    const { branch } = this.#options;
    const head = await this.#remote.branchHead(branch, signal);
    return this.#turns.take(async () => {
      if (this.#snapshot?.commit === head && !this.#damaged) {
        return { changed: false, snapshot: this.#snapshot };
      }
      const before = this.#snapshot?.commit;
      const snapshot = await this.#fetchSnapshot(head, signal);
      return { changed: snapshot.commit !== before, snapshot };
    });
  }

  async #fetchSnapshot(head: string, signal: AbortSignal): Promise<Snapshot> {
    const local = this.#local;
    if (this.#damaged) {
      await local.reset();
      this.#damaged = false;
    }
    const fetch = async (commit: string) => {
      await this.#remote.fetchHead(commit, signal);
      const next = local.snapshot(commit);
      await local.setHead(commit);
      return next;
    };
    let snapshot: Snapshot;
    try {
      snapshot = await fetch(head);
    } catch (error) {
      if (error instanceof NotOurRef) {
        // The branch moved again since the look, and this commit went away.
        const { branch } = this.#options;
        snapshot = await fetch(await this.#remote.branchHead(branch, signal));
      } else if (isCorrupt(error) && local.head !== undefined) {
        this.#logDamage(error);
        await local.reset();
        snapshot = await fetch(head);
      } else {
        throw error;
      }
    }
    this.#absent.clear();
    this.#snapshot = snapshot;
    await local.store.compact();
    return snapshot;
  }

  async #needCommit(commit: string, signal: AbortSignal): Promise<void> {
    checkOid(commit);
    const { history } = this.#local;
    if (history.find(commit)) {
      return;
    }
    if (this.#absent.has(commit)) {
      throw new CommitNotFound(commit);
    }
    await this.#turns.take(async () => {
      try {
        if (!this.#local.store.has(commit)) {
          await this.#remote.fetchCommit(commit, signal);
        }
        if (!this.#local.history.find(commit)) {
          throw new CommitNotFound(commit);
        }
      } catch (error) {
        if (error instanceof CommitNotFound) {
          this.#absent.add(commit);
        }
        throw error;
      }
    });
  }

  /** Answers a question about history, with as much of it as it takes. */
  async #withDepth<T extends { type: string }>(
    signal: AbortSignal,
    ask: () => T | NeedsDepth,
  ): Promise<T> {
    for (;;) {
      const answer = ask();
      if (!isNeedsDepth(answer)) {
        return answer;
      }
      const answered = await this.#turns.take(async () => {
        // Someone else may have brought it while this waited for its turn.
        const again = ask();
        if (!isNeedsDepth(again)) {
          return again;
        }
        if (!(await this.#remote.deepen(signal))) {
          throw new GitError('corrupt', 'the history on disk has holes');
        }
        return undefined;
      });
      if (answered) {
        return answered;
      }
    }
  }

  #readCommit(commit: string): CommitInfo {
    const object = this.#local.store.read(commit);
    if (object?.type !== 'commit') {
      throw new GitError('corrupt', `commit ${commit} is missing on disk`);
    }
    return parseCommit(commit, object.data);
  }

  /** Runs `work`; if the cache turns out damaged, mends it and runs it again. */
  async #mending<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isCorrupt(error)) {
        throw error;
      }
      this.#logDamage(error);
      this.#damaged = true;
      await this.refresh({ signal });
      return work();
    }
  }

  #logDamage(error: unknown): void {
    const { url, logger } = this.#options;
    logger.warn(`Git cache of ${url} is damaged, fetching anew: ${error}`);
  }

  #signal(options: GitCallOptions): AbortSignal {
    const closed = this.#closed.signal;
    return options.signal ? AbortSignal.any([options.signal, closed]) : closed;
  }
}

function isCorrupt(error: unknown): error is GitError {
  return error instanceof GitError && error.problem === 'corrupt';
}

function isNeedsDepth(answer: { type: string }): answer is NeedsDepth {
  return answer.type === 'needsDepth';
}

function checkOid(oid: string): void {
  if (!/^[0-9a-f]{40}$/.test(oid)) {
    throw new InputError(
      `${JSON.stringify(oid)} is not the id of a Git object`,
    );
  }
}
