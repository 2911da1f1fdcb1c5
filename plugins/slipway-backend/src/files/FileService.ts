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
import type { ForgeLinks } from '../configRepos/ForgeLinks';
import { placeOf, type Place } from '../configRepos/placeOf';
import { readSecretSources } from '../configRepos/shared/readSecretSources';
import { checkTreePath, type Snapshot } from '../git';
import { maskedLines, maskText } from '../manifests/masking';
import { blameMasked } from './blameMasked';
import { CommitPresenter } from './CommitPresenter';
import { toCommitInfo } from './commits';
import { decodeFileCursor, encodeFileCursor } from './cursor';
import { diffTrees } from './diffTrees';
import { answeringForGit, configRepoNotFound, fileNotFound } from './errors';
import { FileAccess } from './FileAccess';
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

export interface FileServiceOptions {
  knex: Knex;
  reader: ConfigRepoReader;
  links: ForgeLinks;
}

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
  readonly #links: ForgeLinks;
  readonly #commits: CommitPresenter;

  private constructor(options: FileServiceOptions) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#links = options.links;
    this.#commits = CommitPresenter.create(options);
    this.#lists = new FileLists(options);
  }

  static create(options: FileServiceOptions): FileService {
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
      const secretSource = await readSecretSources(repo, [snapshot], {
        signal,
      });
      const text = data && textContent(data);
      const shown =
        text !== undefined && data && data.length <= MAX_TEXT_BYTES
          ? maskText({ path, text, wholly: secretSource(path) })
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
        forgeUrl: this.#links.file(configRepo, path, revision),
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
        items: await this.#commits.present(configRepo, commits),
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
      const entry = snapshot.entry(path);
      if (!entry?.mode.startsWith('10')) {
        throw fileNotFound(configRepo, path);
      }
      const inGit = (await repo.git.blame({ path, commit, signal })).map(
        line => line.commit,
      );
      const infos = new Map(
        await Promise.all(
          [...new Set(inGit)].map(
            async oid =>
              [oid, await repo.git.commitInfo(oid, { signal })] as const,
          ),
        ),
      );
      const data = await repo.git.readBlob(entry.oid, {
        maxBytes: MAX_READ_BYTES,
        signal,
      });
      const text = textContent(data);
      const secretSource = await readSecretSources(repo, [snapshot], {
        signal,
      });
      const lines =
        text === undefined
          ? inGit
          : blameMasked(
              inGit,
              maskedLines({ path, text, wholly: secretSource(path) }),
              infos,
            );
      const commits = [...new Set(lines)].map(oid => infos.get(oid)!);
      return {
        path,
        commit,
        lines,
        commits: await this.#commits.present(configRepo, commits),
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
      return diffTrees({ repo, ...sides, mayRead, signal });
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
    const { sharedBy } = repo.shared;
    const place = placeOf(repo.model, path, sharedBy);
    if (!may.mayRead(place)) throw fileNotFound(configRepo, path);
    return {
      repo,
      place,
      mayRead: one => may.mayRead(placeOf(repo.model, one, sharedBy)),
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
