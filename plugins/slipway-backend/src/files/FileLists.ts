import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  FileEntry,
  FileMatches,
  FilePage,
  Finding,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type { ConfigRepoReader } from '../configRepos/ConfigRepoReader';
import { readSecretSources } from '../configRepos/shared/readSecretSources';
import type { ConfigRepoGit } from '../git';
import type { EnvironmentScope } from '../environments/types';
import { decodeFileCursor, encodeFileCursor } from './cursor';
import { answeringForGit } from './errors';
import { compareText, type FileIndex } from './FileIndex';
import { FileIndexes } from './FileIndexes';
import { FileSearch } from './FileSearch';
import {
  readSelectedModules,
  type SelectedModules,
} from './ReadableEnvironments';
import type {
  FileFilters,
  ListFilesOptions,
  SearchFilesOptions,
} from './types';

const LIST = 'files';

interface ScopedIndex {
  configRepo: string;
  index: FileIndex;
  git: ConfigRepoGit;
  /** Of its environments, those in scope. */
  selected: ReadonlyMap<string, ReadonlySet<string> | 'all'>;
}

/** Lists and searches the files of modules, in memory. */
export class FileLists {
  readonly #knex: Knex;
  readonly #reader: ConfigRepoReader;
  readonly #indexes: FileIndexes;
  readonly #search = new FileSearch();

  constructor(options: { knex: Knex; reader: ConfigRepoReader }) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#indexes = new FileIndexes(options.reader);
  }

  async list(options: ListFilesOptions): Promise<Omit<FilePage, 'sequence'>> {
    const { scope, filters, limit, cursor, signal } = options;
    const [afterRepo, commit, afterPath] =
      cursor === undefined ? [] : decodeFileCursor(LIST, 3, cursor);
    const { indexes, findings } = await this.#read(scope, {
      signal,
      pinned: new Map(afterRepo === undefined ? [] : [[afterRepo, commit]]),
    });
    const words = searchWords(filters.search);
    const items: FileEntry[] = [];
    let total = 0;
    let more = false;
    for (const scoped of indexes) {
      for (const { entry, lowerPath } of filesIn(scoped, filters)) {
        if (!words.every(word => lowerPath.includes(word))) continue;
        total += 1;
        if (afterRepo !== undefined && !isAfter(entry, afterRepo, afterPath)) {
          continue;
        }
        if (items.length < limit) items.push(entry);
        else more = true;
      }
    }
    const last = items.at(-1);
    const of = indexes.find(one => one.configRepo === last?.configRepo);
    return {
      items,
      nextCursor:
        more && last && of
          ? encodeFileCursor(LIST, [
              last.configRepo,
              of.index.commit,
              last.path,
            ])
          : undefined,
      total,
      environments: indexes.flatMap(environmentsIn),
      findings,
    };
  }

  async search(options: SearchFilesOptions): Promise<FileMatches> {
    const { scope, filters, signal } = options;
    const { indexes, findings } = await this.#read(scope, { signal });
    const found = await answeringForGit(
      indexes.map(one => one.configRepo).join(', '),
      async () => {
        const searched = await Promise.all(
          indexes.map(async scoped => {
            const { configRepo, git, index } = scoped;
            const repo = await this.#reader.current(configRepo, signal);
            const secretSource = await readSecretSources(
              repo,
              [index.snapshot],
              { signal },
            );
            return { git, entries: entriesIn(scoped, filters), secretSource };
          }),
        );
        return this.#search.search(options, searched);
      },
    );
    // What could not be read may hold more.
    return { ...found, truncated: found.truncated || findings.length > 0 };
  }

  /** The files of each config repo in scope; one that cannot be read is told about, and the others are listed. */
  async #read(
    scope: EnvironmentScope,
    options: { pinned?: Map<string, string>; signal?: AbortSignal },
  ): Promise<{ indexes: ScopedIndex[]; findings: Finding[] }> {
    const selected: SelectedModules = await readSelectedModules(
      this.#knex,
      scope,
    );
    const findings: Finding[] = [];
    const indexes: ScopedIndex[] = [];
    const names = [...selected.keys()].sort(compareText);
    await Promise.all(
      names.map(async configRepo => {
        try {
          const { index, git } = await answeringForGit(configRepo, () =>
            this.#indexes.get(configRepo, {
              commit: options.pinned?.get(configRepo),
              signal: options.signal,
            }),
          );
          indexes.push({
            configRepo,
            index,
            git,
            selected: selected.get(configRepo) ?? new Map(),
          });
        } catch (error) {
          if (
            !(error instanceof ServiceUnavailableError) &&
            !(error instanceof NotFoundError)
          ) {
            throw error;
          }
          findings.push({
            severity: 'error',
            code: 'configRepoUnreadable',
            params: { configRepo },
          });
        }
      }),
    );
    indexes.sort((a, b) => compareText(a.configRepo, b.configRepo));
    return { indexes, findings };
  }
}

function* filesIn({ index, selected }: ScopedIndex, filters: FileFilters) {
  const environments = filters.environments && new Set(filters.environments);
  const modules = filters.modules && new Set(filters.modules);
  for (const file of index.files) {
    const { environment, module } = file.entry;
    const chosen = selected.get(environment);
    if (
      chosen &&
      (chosen === 'all' || chosen.has(module)) &&
      (environments?.has(environment) ?? true) &&
      (modules?.has(module) ?? true)
    ) {
      yield file;
    }
  }
}

function* entriesIn(
  scoped: ScopedIndex,
  filters: FileFilters,
): Iterable<FileEntry> {
  for (const { entry } of filesIn(scoped, filters)) yield entry;
}

function environmentsIn({
  configRepo,
  index,
  selected,
}: ScopedIndex): FilePage['environments'] {
  return index.environments.flatMap(({ name, title, modules }) => {
    const chosen = selected.get(name);
    if (!chosen) return [];
    return {
      configRepo,
      name,
      title,
      modules: modules.filter(module => chosen === 'all' || chosen.has(module)),
    };
  });
}

function isAfter(entry: FileEntry, configRepo: string, path: string): boolean {
  return entry.configRepo === configRepo
    ? entry.path > path
    : entry.configRepo > configRepo;
}

function searchWords(search: string | undefined): string[] {
  return (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}
