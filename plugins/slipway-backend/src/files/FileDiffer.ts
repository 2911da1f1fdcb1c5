import { posix } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  FileDiff,
  FileMode,
} from '@slipway/backstage-plugin-slipway-common';
import {
  strongest,
  type SecretSources,
} from '../configRepos/shared/readSecretSources';
import { GitError } from '../git';
import { maskPair, maskText, type WhollySecret } from '../manifests/masking';
import { pathOf, type FilePair, type SideFile } from './compareTrees';
import { diffHunks } from './hunks';
import { textContent } from './textContent';

/** Bytes of one side past which no hunks are shown. */
const MAX_BYTES = 1024 ** 2;
/** Characters of all hunks of an answer. */
const MAX_CHARACTERS = 8 * 1024 ** 2;
/** Milliseconds for all the hunks of an answer, and of one file. */
const MAX_TIME = 3000;
const MAX_FILE_TIME = 500;

type SideText =
  | { type: 'none' }
  | { type: 'text'; text: string }
  | { type: 'binary' }
  | { type: 'tooLarge' };

export interface FileDifferOptions {
  readBlob: (oid: string, maxBytes: number) => Promise<Buffer>;
  /** Of both sides: what is secret on one of them is on the other. */
  secretSource: SecretSources;
}

/** Makes the diffs of one answer, within what one answer may cost. */
export class FileDiffer {
  readonly #options: FileDifferOptions;
  #characters = 0;
  #milliseconds = 0;

  constructor(options: FileDifferOptions) {
    this.#options = options;
  }

  async diff(pair: FilePair): Promise<FileDiff> {
    const { before, after } = pair;
    const diff: FileDiff = {
      path: pathOf(pair),
      status: statusOf(pair),
      oldPath:
        before && after && before.path !== after.path ? before.path : undefined,
      binary: false,
      masked: 0,
      oldMode: before?.entry.mode as FileMode | undefined,
      mode: after?.entry.mode as FileMode | undefined,
      additions: 0,
      deletions: 0,
      hunks: [],
    };
    if (before?.entry.oid === after?.entry.oid) return diff;
    const old = await this.#text(before);
    const present = await this.#text(after);
    if (old.type === 'tooLarge' || present.type === 'tooLarge') {
      return { ...diff, withheld: 'tooLarge' };
    }
    if (old.type === 'binary' || present.type === 'binary') {
      return { ...diff, binary: true };
    }
    return this.#addHunks(diff, {
      before: old.type === 'text' ? old.text : undefined,
      after: present.type === 'text' ? present.text : undefined,
    });
  }

  async #addHunks(
    diff: FileDiff,
    texts: { before?: string; after?: string },
  ): Promise<FileDiff> {
    if (this.#characters > MAX_CHARACTERS) {
      return { ...diff, withheld: 'tooLarge' };
    }
    // Others' requests are not to wait for all of them.
    await nextTurn();
    const begin = performance.now();
    const { secretSource } = this.#options;
    const wholly = strongest(
      [diff.path, diff.oldPath ?? diff.path].map(secretSource),
    );
    const masked = maskSides(diff, { ...texts, wholly });
    const hunks = diffHunks({
      before: masked.before ?? '',
      after: masked.after ?? '',
      milliseconds: Math.min(MAX_FILE_TIME, MAX_TIME - this.#milliseconds),
    });
    this.#milliseconds += performance.now() - begin;
    const lines = hunks.flatMap(hunk => hunk.lines);
    for (const line of lines) this.#characters += line.length;
    return {
      ...diff,
      masked: masked.masked,
      additions: lines.filter(line => line.startsWith('+')).length,
      deletions: lines.filter(line => line.startsWith('-')).length,
      hunks,
    };
  }

  async #text(side: SideFile | undefined): Promise<SideText> {
    if (!side) return { type: 'none' };
    const { mode, oid } = side.entry;
    if (mode === '160000') {
      return { type: 'text', text: `Subproject commit ${oid}\n` };
    }
    try {
      const text = textContent(await this.#options.readBlob(oid, MAX_BYTES));
      return text === undefined ? { type: 'binary' } : { type: 'text', text };
    } catch (error) {
      if (error instanceof GitError && error.problem === 'tooLarge') {
        return { type: 'tooLarge' };
      }
      throw error;
    }
  }
}

function statusOf({ before, after }: FilePair): FileDiff['status'] {
  if (!before) return 'created';
  if (!after) return 'deleted';
  return before.path !== after.path && before.entry.oid === after.entry.oid
    ? 'renamed'
    : 'modified';
}

/** Sides that are read in different ways are masked each on its own. */
function maskSides(
  { path, oldPath }: Pick<FileDiff, 'path' | 'oldPath'>,
  texts: { before?: string; after?: string; wholly?: WhollySecret },
): { before?: string; after?: string; masked: number } {
  const { before, after, wholly } = texts;
  const alike =
    wholly ||
    oldPath === undefined ||
    posix.extname(oldPath) === posix.extname(path);
  if (alike || before === undefined || after === undefined) {
    return maskPair({ path, before, after, wholly });
  }
  const old = maskText({ path: oldPath, text: before });
  const present = maskText({ path, text: after });
  return {
    before: old.text,
    after: present.text,
    masked: old.masked + present.masked,
  };
}
