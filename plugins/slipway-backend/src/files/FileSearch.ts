import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  FileEntry,
  FileMatches,
} from '@slipway/backstage-plugin-slipway-common';
import type { SecretSources } from '../configRepos/shared/readSecretSources';
import { GitError, type ConfigRepoGit } from '../git';
import { ByteLru } from '../git/byteLru';
import { maskText, type WhollySecret } from '../manifests/masking';
import { textContent } from './textContent';

export type FileMatch = FileMatches['items'][number];

/** Bytes of texts that are kept. */
const CACHE_BYTES = 64 * 1024 ** 2;
/** Bytes of a file past which it is not searched. */
const MAX_FILE_BYTES = 5 * 1024 ** 2;
/** Milliseconds that one search may take. */
const MAX_TIME = 5000;
/** Milliseconds after which others have their turn. */
const TURN = 15;
/** Characters of a long line that are shown around a match. */
const MAX_LINE = 240;
const BEFORE_MATCH = 60;

/** What there is to search: files in the order of the answer. */
export interface SearchedFiles {
  git: Pick<ConfigRepoGit, 'readBlob'>;
  entries: Iterable<FileEntry>;
  secretSource: SecretSources;
}

/**
 * Searches what people may see of files: their masked texts, so that no answer and no time that one takes tells of a secret value.
 * Texts are kept, because they are read again at each keystroke.
 */
export class FileSearch {
  readonly #texts = new ByteLru<string, string>(
    CACHE_BYTES,
    text => text.length * 2 + 200,
  );

  async search(
    options: {
      text: string;
      matchCase: boolean;
      limit: number;
      signal?: AbortSignal;
    },
    searched: Iterable<SearchedFiles>,
  ): Promise<FileMatches> {
    const { limit, signal } = options;
    const items: FileMatch[] = [];
    if (/[\r\n]/.test(options.text)) return { items, truncated: false };
    const pattern = new RegExp(
      options.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
      options.matchCase ? 'g' : 'gi',
    );
    const end = performance.now() + MAX_TIME;
    let turn = performance.now() + TURN;
    for (const { git, entries, secretSource } of searched) {
      for (const entry of entries) {
        const now = performance.now();
        if (now > end) return { items, truncated: true };
        if (now > turn) {
          await nextTurn();
          signal?.throwIfAborted();
          turn = performance.now() + TURN;
        }
        const wholly = secretSource(entry.path);
        const text =
          this.#texts.get(key(entry, wholly)) ??
          (await this.#read(git, entry, { wholly, signal }));
        for (const match of matchesIn(text, pattern, entry)) {
          if (items.length === limit) return { items, truncated: true };
          items.push(match);
        }
      }
    }
    return { items, truncated: false };
  }

  async #read(
    git: Pick<ConfigRepoGit, 'readBlob'>,
    entry: FileEntry,
    options: { wholly?: WhollySecret; signal?: AbortSignal },
  ): Promise<string> {
    if (entry.mode === '160000') return '';
    const { wholly, signal } = options;
    const text = await readText(git, entry.oid, signal);
    const masked = maskText({ path: entry.path, text, wholly }).text;
    this.#texts.set(key(entry, wholly), masked);
    return masked;
  }
}

/** What is masked depends on the name, too, and on what names the file. */
function key(entry: FileEntry, wholly: WhollySecret | undefined): string {
  return `${entry.oid}${wholly ?? ''}/${entry.path}`;
}

async function readText(
  git: Pick<ConfigRepoGit, 'readBlob'>,
  oid: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const data = await git.readBlob(oid, { maxBytes: MAX_FILE_BYTES, signal });
    return textContent(data) ?? '';
  } catch (error) {
    if (error instanceof GitError && error.problem === 'tooLarge') return '';
    throw error;
  }
}

/** The first match of each line. */
function* matchesIn(
  text: string,
  pattern: RegExp,
  entry: FileEntry,
): Iterable<FileMatch> {
  const { configRepo, environment, module, path } = entry;
  let line = 1;
  let counted = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = text.lastIndexOf('\n', match.index - 1) + 1;
    const next = text.indexOf('\n', match.index);
    const stop = next < 0 ? text.length : next;
    for (; counted < start; counted = text.indexOf('\n', counted) + 1)
      line += 1;
    const column = match.index - start;
    yield {
      configRepo,
      environment,
      module,
      path,
      line,
      column: column + 1,
      text: excerpt(text.slice(start, stop).replace(/\r$/, ''), column),
    };
    if (next < 0) return;
    pattern.lastIndex = next + 1;
  }
}

function excerpt(line: string, column: number): string {
  if (line.length <= MAX_LINE) return line;
  const from = Math.max(0, column - BEFORE_MATCH);
  const to = from + MAX_LINE;
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${
    to < line.length ? '…' : ''
  }`;
}
