import type {
  Blame,
  CommitPage,
  Diff,
  FileContent,
  FileMatches,
  FileMode,
  FilePage,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type {
  ConfigRepoReader,
  CurrentConfigRepo,
} from '../configRepos/ConfigRepoReader';
import { placeOf, type Place } from '../configRepos/placeOf';
import { checkTreePath, type Snapshot } from '../git';
import { maskText } from '../manifests/masking';
import { toCommit, toCommitInfo } from './commits';
import { compareTrees, findRenames } from './compareTrees';
import { decodeFileCursor, encodeFileCursor } from './cursor';
import { answeringForGit, configRepoNotFound, fileNotFound } from './errors';
import { FileAccess } from './FileAccess';
import { FileDiffer } from './FileDiffer';
import { FileLists } from './FileLists';
import { modulePathsBelow, toFilePlace } from './places';
import { textContent } from './textContent';
import type {
  DiffQuestion,
  FileQuestion,
  HistoryQuestion,
  ListFilesOptions,
  SearchFilesOptions,
} from './types';

/** Bytes past which a file's text is not shown, and past which it is not even read. */
const MAX_TEXT_BYTES = 5 * 1024 ** 2;
const MAX_READ_BYTES = 64 * 1024 ** 2;
const MAX_DIFF_FILES = 300;

interface OpenedPath {
  repo: CurrentConfigRepo;
  mayRead: (path: string) => boolean;
  place: Place;
}

/** Files of config repos as people may see them, at any commit. */
export class FileService {
  readonly #knex: Knex;
  readonly #reader: ConfigRepoReader;
  readonly #lists: FileLists;

  private constructor(options: { knex: Knex; reader: ConfigRepoReader }) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#lists = new FileLists(options);
  }

  static create(options: {
    knex: Knex;
    reader: ConfigRepoReader;
  }): FileService {
    return new FileService(options);
  }

  async list(options: ListFilesOptions): Promise<Omit<FilePage, 'sequence'>> {
    return this.#lists.list(options);
  }

  async search(options: SearchFilesOptions): Promise<FileMatches> {
    return this.#lists.search(options);
  }

  /** A link's content is its own text: nothing is followed. */
  async read(question: FileQuestion): Promise<FileContent> {
    const { configRepo, path, revision, signal } = question;
    const { repo, place } = await this.#open(question);
    return answeringForGit(configRepo, async () => {
      const snapshot = await snapshotAt(repo, revision, signal);
      const entry = snapshot.entry(path);
      if (!entry || entry.mode === '40000' || entry.invalidName) {
        throw fileNotFound(configRepo, path);
      }
      const data =
        entry.mode === '160000'
          ? undefined
          : await repo.git.readBlob(entry.oid, {
              maxBytes: MAX_READ_BYTES,
              signal,
            });
      const text = data && textContent(data);
      const shown =
        text !== undefined && data && data.length <= MAX_TEXT_BYTES
          ? maskText({ path, text })
          : undefined;
      const { commits } = await repo.git.pathHistory({
        path,
        from: snapshot.commit,
        limit: 1,
        signal,
      });
      return {
        configRepo,
        path,
        commit: snapshot.commit,
        oid: entry.oid,
        mode: entry.mode as FileMode,
        size: data?.length ?? 0,
        binary: data !== undefined && text === undefined,
        text: shown?.text,
        masked: shown?.masked ?? 0,
        withheld: shown?.withheld,
        place: toFilePlace(place),
        lastChange: commits.at(0) && toCommitInfo(commits[0]),
      };
    });
  }

  async history(question: HistoryQuestion): Promise<CommitPage> {
    const { configRepo, path, limit, signal } = question;
    const { repo, mayRead } = await this.#open(question);
    // Messages tell of what was changed, in each module below.
    if (!modulePathsBelow(repo.model, path).every(mayRead)) {
      throw fileNotFound(configRepo, path);
    }
    return answeringForGit(configRepo, async () => {
      let from = question.revision ?? repo.snapshot.commit;
      let after: string | undefined;
      if (question.cursor !== undefined) {
        [from, after] = decodeFileCursor(`history ${path}`, 2, question.cursor);
      }
      const { commits, more } = await repo.git.pathHistory({
        path,
        from,
        after,
        limit,
        signal,
      });
      const last = commits.at(-1);
      return {
        items: commits.map(toCommit),
        nextCursor:
          more && last
            ? encodeFileCursor(`history ${path}`, [from, last.commit])
            : undefined,
      };
    });
  }

  async blame(question: FileQuestion): Promise<Blame> {
    const { configRepo, path, signal } = question;
    const { repo } = await this.#open(question);
    return answeringForGit(configRepo, async () => {
      const commit = question.revision ?? repo.snapshot.commit;
      const snapshot = await snapshotAt(repo, commit, signal);
      if (!snapshot.entry(path)?.mode.startsWith('10')) {
        throw fileNotFound(configRepo, path);
      }
      const lines = await repo.git.blame({ path, commit, signal });
      const commits = await Promise.all(
        [...new Set(lines.map(line => line.commit))].map(oid =>
          repo.git.commitInfo(oid, { signal }),
        ),
      );
      return {
        path,
        commit,
        lines: lines.map(line => line.commit),
        commits: commits.map(toCommit),
      };
    });
  }

  async diff(question: DiffQuestion): Promise<Diff> {
    const { configRepo, path, fromPath, signal } = question;
    const { repo, mayRead } = await this.#open(question);
    if (fromPath !== undefined) {
      checkTreePath(fromPath);
      if (!mayRead(fromPath)) throw fileNotFound(configRepo, fromPath);
    }
    return answeringForGit(configRepo, async () => {
      const after = await snapshotAt(repo, question.to, signal);
      const before = await this.#before(question, repo, after);
      const sides = {
        before: before && { snapshot: before, path: fromPath ?? path },
        after: { snapshot: after, path },
      };
      const there = (side: typeof sides.before) =>
        side?.snapshot.entry(side.path);
      if (!there(sides.before) && !there(sides.after)) {
        throw fileNotFound(configRepo, path);
      }
      const visible = compareTrees(sides.before, sides.after).filter(pair =>
        [pair.before, pair.after].every(file => !file || mayRead(file.path)),
      );
      const pairs = findRenames(visible);
      const differ = new FileDiffer((oid, maxBytes) =>
        repo.git.readBlob(oid, { maxBytes, signal }),
      );
      const files = [];
      for (const pair of pairs.slice(0, MAX_DIFF_FILES)) {
        signal?.throwIfAborted();
        files.push(await differ.diff(pair));
      }
      return {
        from: before?.commit,
        to: after.commit,
        files,
        truncated: pairs.length > MAX_DIFF_FILES,
      };
    });
  }

  /** Nothing is before the first commit. */
  async #before(
    { from, fromPath, signal }: DiffQuestion,
    repo: CurrentConfigRepo,
    after: Snapshot,
  ): Promise<Snapshot | undefined> {
    if (from !== undefined) return snapshotAt(repo, from, signal);
    if (fromPath !== undefined) return repo.snapshot;
    const { parents } = await repo.git.commitInfo(after.commit, { signal });
    return parents.length > 0
      ? snapshotAt(repo, parents[0], signal)
      : undefined;
  }

  /**
   * Judges a path by what it is part of at the branch head, whatever the revision that is asked for.
   *
   * @throws InputError when Git can hold no such path; NotFoundError when the caller may not read it.
   */
  async #open(question: {
    configRepo: string;
    path: string;
    access: FileQuestion['access'];
    signal?: AbortSignal;
  }): Promise<OpenedPath> {
    const { configRepo, path, access, signal } = question;
    checkTreePath(path);
    const may = await FileAccess.read(this.#knex, configRepo, access);
    if (!may.any) throw configRepoNotFound(configRepo);
    const repo = await answeringForGit(configRepo, () =>
      this.#reader.current(configRepo, signal),
    );
    const place = placeOf(repo.model, path);
    if (!may.mayRead(place)) throw fileNotFound(configRepo, path);
    return {
      repo,
      place,
      mayRead: one => may.mayRead(placeOf(repo.model, one)),
    };
  }
}

async function snapshotAt(
  repo: CurrentConfigRepo,
  commit: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Snapshot> {
  return commit === undefined || commit === repo.snapshot.commit
    ? repo.snapshot
    : repo.git.snapshotAt(commit, { signal });
}
