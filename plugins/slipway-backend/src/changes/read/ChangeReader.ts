import { NotFoundError } from '@backstage/errors';
import type {
  Change,
  ChangePage,
  Commit,
  Diff,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type { ConfigRepoReader } from '../../configRepos/ConfigRepoReader';
import type { ForgeLinks } from '../../configRepos/ForgeLinks';
import { placeOf } from '../../configRepos/placeOf';
import {
  applyKeyset,
  encodeCursor,
  type KeysetOrder,
} from '../../database/keyset';
import { CommitPresenter } from '../../files/CommitPresenter';
import { diffTrees } from '../../files/diffTrees';
import { answeringForGit } from '../../files/errors';
import { FileAccess } from '../../files/FileAccess';
import type { EnvironmentAccess } from '../../permissions';
import { type AttemptRow, type ChangeRow, rowToChange } from '../changeRows';
import type { StoredChange } from '../types';
import { whereChangeListed, whereChangeShown } from './changeQueries';
import { readSummaries } from './readSummaries';
import { fromJson } from '../../database/json';
import { readableCopy, readableModules, toChange } from './toChange';
import type { ReadChangeQuestion, ListChangesOptions } from './types';

const ORDER: KeysetOrder = {
  name: 'change',
  columns: ['changes.id'],
  types: ['number'],
  direction: 'desc',
};

/** Ids are 32 bits in PostgreSQL. */
const MAX_ID = 2 ** 31 - 1;
const MAX_COMMITS = 50;

export interface ChangeReaderOptions {
  knex: Knex;
  reader: ConfigRepoReader;
  links: ForgeLinks;
}

/** Changes as they are shown to whoever may read what they touch, and to who asked for them. */
export class ChangeReader {
  readonly #knex: Knex;
  readonly #reader: ConfigRepoReader;
  readonly #links: ForgeLinks;
  readonly #commits: CommitPresenter;

  private constructor(options: ChangeReaderOptions) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#links = options.links;
    this.#commits = CommitPresenter.create(options);
  }

  static create(options: ChangeReaderOptions): ChangeReader {
    return new ChangeReader(options);
  }

  /** Newest first; without a call to Git. */
  async list(
    options: ListChangesOptions,
  ): Promise<Pick<ChangePage, 'items' | 'nextCursor'>> {
    const { scope, author, limit, cursor } = options;
    const query = this.#knex('changes').select('changes.*');
    whereChangeShown(query, { access: scope.access, author });
    whereChangeListed(query, options);
    applyKeyset(query, ORDER, cursor);
    const rows: ChangeRow[] = await query.limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await readSummaries(
        this.#knex,
        page.map(row => rowToChange(row, [])),
        scope.access,
      ),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(ORDER, [last.id])
          : undefined,
    };
  }

  /** @throws NotFoundError when there is no such change, or it is not shown to the caller. */
  async get(question: ReadChangeQuestion): Promise<Change> {
    const change = await this.#find(question);
    const { id, configRepo, commit } = change;
    const of = (table: string) => this.#knex(table).where({ change_id: id });
    const [access, files, modules, targets, copied, undoneBy] =
      await Promise.all([
        FileAccess.read(this.#knex, configRepo, question.access),
        of('change_files').orderBy('position').select('planned', 'places'),
        of('change_modules').orderBy(['environment', 'module']),
        of('change_targets').orderBy([
          'environment',
          'module',
          'cluster',
          'namespace',
        ]),
        change.kind === 'copy'
          ? of('change_copies').first('result')
          : undefined,
        this.#undoneBy(id),
      ]);
    // Messages tell of what was changed, so whoever may not read all of it sees none.
    const readsAll = readableModules(modules, access).length === modules.length;
    return toChange(change, { files, modules, targets }, access, {
      commitUrl: commit && this.#links.commit(configRepo, commit),
      commits:
        change.kind === 'external' && readsAll
          ? await this.#commitsOf(change, question.signal)
          : undefined,
      undoes: change.undoes,
      undoneBy,
      copy: readableCopy(fromJson(copied?.result ?? null), access),
    });
  }

  /**
   * What the change's commit changed in the files that the caller may read; nothing while it has none.
   *
   * @param question - `files`: environments whose files the caller may read
   * @throws NotFoundError when there is no such change, or it is not shown to the caller.
   */
  async diff(
    question: ReadChangeQuestion & { files: EnvironmentAccess },
  ): Promise<Diff> {
    const { configRepo, commit, kind, base } = await this.#find(question);
    if (commit === undefined) return { files: [], truncated: false };
    const { signal } = question;
    const access = await FileAccess.read(
      this.#knex,
      configRepo,
      question.files,
    );
    return answeringForGit(configRepo, async () => {
      const repo = await this.#reader.current(configRepo, signal);
      const { parents } = await repo.git.commitInfo(commit, { signal });
      const from = kind === 'external' ? base : parents.at(0);
      const snapshotAt = async (oid: string) => ({
        snapshot: await repo.git.snapshotAt(oid, { signal }),
        path: '',
      });
      return diffTrees({
        repo,
        before: from === undefined ? undefined : await snapshotAt(from),
        after: await snapshotAt(commit),
        mayRead: path =>
          access.mayRead(placeOf(repo.model, path, repo.shared.sharedBy)),
        signal,
      });
    });
  }

  async #find({
    id,
    access,
    author,
  }: ReadChangeQuestion): Promise<StoredChange> {
    const query = this.#knex('changes').where('changes.id', id);
    whereChangeShown(query, { access, author });
    const row: ChangeRow | undefined =
      id <= MAX_ID ? await query.first('changes.*') : undefined;
    if (!row) {
      throw new NotFoundError(
        `There is no change ${id}, or you may not read what it touches`,
      );
    }
    const attempts: AttemptRow[] = await this.#knex('change_attempts')
      .where({ change_id: id })
      .orderBy('number');
    return rowToChange(row, attempts);
  }

  async #undoneBy(id: number): Promise<number[] | undefined> {
    const ids: number[] = await this.#knex('changes')
      .where({ undoes: id })
      .whereNot({ state: 'Failed' })
      .orderBy('id')
      .pluck('id');
    return ids.length > 0 ? ids : undefined;
  }

  /** Left out when Git cannot be read now: the rest of the page is known. */
  async #commitsOf(
    { configRepo, base, commit }: StoredChange,
    signal: AbortSignal | undefined,
  ): Promise<Commit[] | undefined> {
    if (commit === undefined) return undefined;
    try {
      const git = await this.#reader.git(configRepo);
      const infos = await git.commitsBetween(
        base,
        commit,
        Number.MAX_SAFE_INTEGER,
        { signal },
      );
      return await this.#commits.present(
        configRepo,
        infos.slice(-MAX_COMMITS).reverse(),
      );
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }
}
