import { posix } from 'node:path';
import type {
  FileComparison,
  FileComparisonOpaqueEnum,
} from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../configRepos/ConfigRepoReader';
import { strongest } from '../configRepos/shared/readSecretSources';
import { textContent } from '../files/textContent';
import { GitError, type TreeEntry } from '../git';
import type { ByteLru } from '../git/byteLru';
import { maskPair, type WhollySecret } from '../manifests/masking';
import { compareTexts } from './compareTexts';
import type { IsExpected } from './expectedValues';

/** Bytes of one side past which its content is not looked into. */
const MAX_BYTES = 1024 ** 2;
/** Milliseconds that the contents of one comparison may take. */
const MAX_TIME = 5000;

/** A file of a module. */
export interface ModuleFile {
  /** Within the module; empty for a module that is one file. */
  name: string;
  /** Within the config repo. */
  path: string;
  entry: TreeEntry;
}

export type Contents = Pick<
  FileComparison,
  'state' | 'differences' | 'more' | 'opaque'
>;

interface FileComparerOptions {
  repo: CurrentConfigRepo;
  isExpected: IsExpected;
  /** Says what is expected, for `known`. */
  expectation: string;
  /** What came of comparing contents before. */
  known: ByteLru<string, Contents>;
  signal?: AbortSignal;
}

/** Compares the files of one comparison, within what one answer may cost. Secret values are masked before anything looks at them. */
export class FileComparer {
  readonly #options: FileComparerOptions;
  #milliseconds = 0;

  private constructor(options: FileComparerOptions) {
    this.#options = options;
  }

  static create(options: FileComparerOptions): FileComparer {
    return new FileComparer(options);
  }

  async compare(
    left: ModuleFile | undefined,
    right: ModuleFile | undefined,
  ): Promise<FileComparison> {
    const path = (left ?? right)!.name || (left ?? right)!.path;
    const file = { path, leftPath: left?.path, rightPath: right?.path };
    const told = { ...file, differences: [] };
    if (!right) return { ...told, state: 'onlyLeft' };
    if (!left) return { ...told, state: 'onlyRight' };
    const [one, other] = [left.entry, right.entry];
    if (one.oid === other.oid && one.mode === other.mode) {
      return { ...told, state: 'same' };
    }
    if (![one, other].every(({ mode }) => mode.startsWith('100'))) {
      return { ...told, state: 'different', opaque: 'link' };
    }
    const { repo, expectation, known } = this.#options;
    const wholly = strongest(
      [left.path, right.path].map(repo.shared.secretSource),
    );
    const key = [
      ...[one.oid, other.oid, posix.basename(right.path)],
      ...[wholly, expectation],
    ].join(' ');
    const kept = known.get(key);
    if (kept) return { ...file, ...kept };
    // Not kept: another time it may be in time.
    if (this.#milliseconds > MAX_TIME) {
      return { ...file, ...different('tooLarge') };
    }
    const contents = await this.#contents(left, right, wholly);
    known.set(key, contents);
    return { ...file, ...contents };
  }

  async #contents(
    left: ModuleFile,
    right: ModuleFile,
    wholly: WhollySecret | undefined,
  ): Promise<Contents> {
    const [from, to] = await Promise.all(
      [left, right].map(one => this.#text(one)),
    );
    const opaque = from.opaque ?? to.opaque;
    if (opaque) return different(opaque);
    const begin = performance.now();
    const contents = this.#compare(
      right.path,
      [from.text ?? '', to.text ?? ''],
      wholly,
    );
    this.#milliseconds += performance.now() - begin;
    return contents;
  }

  #compare(
    path: string,
    [from, to]: [string, string],
    wholly: WhollySecret | undefined,
  ): Contents {
    const { isExpected } = this.#options;
    const { before = '', after = '' } = maskPair({
      path,
      before: from,
      after: to,
      wholly,
    });
    if (!/\.(?:ya?ml|json)$/i.test(path)) {
      const state = isExpected(before, after) ? 'expected' : 'different';
      return { state, differences: [], opaque: 'text' };
    }
    const compared = compareTexts(before, after, isExpected);
    if (compared.type !== 'compared') return different(compared.type);
    const { differences, more } = compared;
    const unexpected = differences.some(({ expected }) => !expected);
    const state = unexpected ? 'different' : 'expected';
    return {
      state: differences.length === 0 ? 'same' : state,
      differences,
      more: more || undefined,
    };
  }

  async #text({ entry }: ModuleFile): Promise<{
    text?: string;
    opaque?: FileComparisonOpaqueEnum;
  }> {
    const { repo, signal } = this.#options;
    try {
      const options = { maxBytes: MAX_BYTES, signal };
      const text = textContent(await repo.git.readBlob(entry.oid, options));
      return text === undefined ? { opaque: 'binary' } : { text };
    } catch (error) {
      if (error instanceof GitError && error.problem === 'tooLarge') {
        return { opaque: 'tooLarge' };
      }
      throw error;
    }
  }
}

function different(opaque: FileComparisonOpaqueEnum): Contents {
  return { state: 'different', differences: [], opaque };
}
