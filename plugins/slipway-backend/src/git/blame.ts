import { InputError, NotFoundError } from '@backstage/errors';
import { blameLines } from './blameLines';
import type { GitCallOptions } from './configRepoGitOptions';
import { fileVersions, FileVersion } from './fileVersions';
import { GitError } from './gitError';
import type { RepoCache } from './repoCache';

export interface BlameOptions extends GitCallOptions {
  path: string;
  /** The branch's head by default. */
  commit?: string;
}

/** A line, from 1, and the commit that last changed it. */
export interface BlamedLine {
  line: number;
  commit: string;
}

const MOST_BYTES = 1024 ** 2;
/** As far as git looks for a zero byte when it decides what is text. */
const BINARY_BYTES = 8000;

/** Who changed which line of a file: `git blame` without following renames. */
export async function blame(
  cache: RepoCache,
  options: BlameOptions,
  signal: AbortSignal,
): Promise<BlamedLine[]> {
  const { path } = options;
  const from = options.commit ?? (await cache.head(signal));
  return cache.mending(signal, async () => {
    await cache.needCommit(from, signal);
    await checkFile(cache, path, from, signal);
    const { versions } = await cache.withDepth(signal, () =>
      fileVersions(cache.history, { path, from, signal }),
    );
    const oids = new Set(versions.map(({ oid }) => oid));
    await cache.prefetch([...oids], signal);
    const commits = await blameLines(versions, async ({ oid }: FileVersion) => {
      const content = await readText(cache, oid, signal);
      return content.type === 'text' ? content.text : undefined;
    });
    return commits.map((commit, i) => ({ line: i + 1, commit }));
  });
}

async function checkFile(
  cache: RepoCache,
  path: string,
  commit: string,
  signal: AbortSignal,
): Promise<void> {
  const { history } = cache;
  const entry = history.entryAt(history.commit(commit).tree, path);
  if (!entry?.mode.startsWith('10')) {
    throw new NotFoundError(`There is no file '${path}' in commit ${commit}`);
  }
  const content = await readText(cache, entry.oid, signal);
  if (content.type !== 'text') {
    throw new InputError(
      content.type === 'binary'
        ? `'${path}' is no text, so its lines have no history`
        : `'${path}' has more than 1 MiB, too much to tell who changed which line`,
    );
  }
}

type Content =
  | { type: 'text'; text: string }
  | { type: 'binary' }
  | { type: 'large' };

async function readText(
  cache: RepoCache,
  oid: string,
  signal: AbortSignal,
): Promise<Content> {
  let data: Buffer;
  try {
    data = await cache.readBlob(oid, MOST_BYTES, signal);
  } catch (error) {
    if (error instanceof GitError && error.problem === 'tooLarge') {
      return { type: 'large' };
    }
    throw error;
  }
  return data.subarray(0, BINARY_BYTES).includes(0)
    ? { type: 'binary' }
    : // Bytes that are no UTF-8 must differ when they differ.
      { type: 'text', text: data.toString('latin1') };
}
