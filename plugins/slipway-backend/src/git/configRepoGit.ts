import { blame, BlamedLine, BlameOptions } from './blame';
import { CacheFolder } from './cacheFolder';
import type { CommitInfo } from './commitParser';
import type { TouchingResult } from './commitsTouching';
import type {
  ConfigRepoGitOptions,
  GitCallOptions,
  RefreshResult,
} from './configRepoGitOptions';
import {
  HistoryReader,
  PathHistoryOptions,
  PathHistoryPage,
} from './historyReader';
import { HttpClient } from './httpClient';
import { checkObjectId } from './objectId';
import { checkBranchName, checkRepositoryUrl } from './refName';
import { Pusher, PushOptions, PushResult } from './pusher';
import { RepoCache } from './repoCache';
import { SmartHttp } from './smartHttp';
import type { Snapshot } from './snapshot';

const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_BLOB_BYTES = 16 * 1024 ** 2;

/**
 * One branch of one remote repository: its head's tree in memory, its objects
 * in a cache on disk, and its history as far as someone asked for it.
 *
 * Everything here throws {@link GitError} when the remote cannot be read. A
 * damaged cache mends itself by fetching anew.
 */
export class ConfigRepoGit {
  readonly #cache: RepoCache;
  readonly #history: HistoryReader;
  readonly #pusher: Pusher;
  readonly #http: HttpClient;
  readonly #folder: CacheFolder;
  readonly #closed = new AbortController();

  private constructor(
    cache: RepoCache,
    pusher: Pusher,
    http: HttpClient,
    folder: CacheFolder,
  ) {
    this.#folder = folder;
    this.#cache = cache;
    this.#history = new HistoryReader(cache);
    this.#pusher = pusher;
    this.#http = http;
  }

  /**
   * Reads what is on disk, without the network, so that a restart is warm.
   *
   * Throws InputError for a URL or branch name that cannot be right.
   */
  static async open(options: ConfigRepoGitOptions): Promise<ConfigRepoGit> {
    const { url, branch, ca, credentials } = options;
    checkRepositoryUrl(url);
    checkBranchName(branch);
    const idleTimeoutMs = options.idleTimeoutMs ?? DEFAULT_IDLE_MS;
    const http = HttpClient.create({ ca, idleTimeoutMs });
    const remote = new SmartHttp({ url, http, credentials });
    const folder = await CacheFolder.take(options.directory);
    try {
      const { directory } = folder;
      const cache = await RepoCache.open({ ...options, directory }, remote);
      const pusher = new Pusher(cache, remote, branch);
      return new ConfigRepoGit(cache, pusher, http, folder);
    } catch (error) {
      await folder.release();
      await http.close();
      throw error;
    }
  }

  /** The head's tree as of the last refresh. */
  get snapshot(): Snapshot | undefined {
    return this.#cache.snapshot;
  }

  /**
   * Looks at the remote branch and, if it moved (forwards or not), fetches it.
   * Calls at the same time share one look; aborting one leaves the others be.
   */
  async refresh(options: GitCallOptions = {}): Promise<RefreshResult> {
    return this.#cache.refresh(this.#signal(options));
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
    checkObjectId(oid);
    const { maxBytes = DEFAULT_BLOB_BYTES } = options;
    const signal = this.#signal(options);
    return this.#cache.mending(signal, () =>
      this.#cache.readBlob(oid, maxBytes, signal),
    );
  }

  /** Throws {@link CommitNotFound} when the remote does not have it. */
  async commitInfo(
    commit: string,
    options: GitCallOptions = {},
  ): Promise<CommitInfo> {
    return this.#history.commitInfo(commit, this.#signal(options));
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
    return this.#history.objectAt(commit, path, this.#signal(options));
  }

  /**
   * How many commits of head's history, not in that of `applied`, changed what
   * is at `path`; `diverged` when `applied` is not in head's history.
   */
  async commitsTouching(
    options: GitCallOptions & { path: string; applied: string; head: string },
  ): Promise<TouchingResult> {
    return this.#history.commitsTouching(options, this.#signal(options));
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
    return this.#history.lastChanges(paths, this.#signal(options));
  }

  /** Whether a commit is in the history of the branch's head, as last seen. */
  async inHistory(
    commit: string,
    options: GitCallOptions = {},
  ): Promise<boolean> {
    return this.#history.inHistory(commit, this.#signal(options));
  }

  /**
   * Whether the branch went from a commit to its head, as last seen, one commit after the other, without merges. Asks nobody: for
   * what is not here, or 1,000 commits back, the answer is false.
   */
  isLinearSince(commit: string): boolean {
    return this.#history.isLinearSince(commit);
  }

  /** Any commit's tree; a few are kept. Throws {@link CommitNotFound}. */
  async snapshotAt(
    commit: string,
    options: GitCallOptions = {},
  ): Promise<Snapshot> {
    return this.#history.snapshotAt(commit, this.#signal(options));
  }

  /**
   * Commits in the history of `to` and not in that of `from`, the oldest first
   * and parents before children; the first `limit` of them.
   */
  async commitsBetween(
    from: string,
    to: string,
    limit: number,
    options: GitCallOptions = {},
  ): Promise<CommitInfo[]> {
    const signal = this.#signal(options);
    return this.#history.commitsBetween(from, to, limit, signal);
  }

  /** A page of the commits that changed what is at a path, as `git log` has them. */
  async pathHistory(options: PathHistoryOptions): Promise<PathHistoryPage> {
    return this.#history.pathHistory(options, this.#signal(options));
  }

  /**
   * Each line of a file with the commit that last changed it.
   *
   * Throws NotFoundError without such a file, InputError when it is binary or
   * has more than 1 MiB.
   */
  async blame(options: BlameOptions): Promise<BlamedLine[]> {
    return blame(this.#cache, options, this.#signal(options));
  }

  /**
   * Pushes new commits in one request, if the branch is where `from` says.
   * After `pushed` the objects are in the cache and `snapshot` is there too,
   * without a fetch.
   *
   * Throws GitError `unknownOutcome` when nobody knows whether it arrived:
   * look for `to` in the history. Any other problem means that it did not.
   */
  async push(options: PushOptions): Promise<PushResult> {
    return this.#pusher.push(options, this.#signal(options));
  }

  /** Ends what is under way. The cache stays for the next time. */
  async close(): Promise<void> {
    this.#closed.abort(new Error('The config repo was closed'));
    await this.#cache.close();
    await this.#http.close();
    await this.#folder.release();
  }

  #signal(options: GitCallOptions): AbortSignal {
    const closed = this.#closed.signal;
    return options.signal ? AbortSignal.any([options.signal, closed]) : closed;
  }
}
