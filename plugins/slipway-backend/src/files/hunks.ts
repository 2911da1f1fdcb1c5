import type { FileDiff } from '@slipway/backstage-plugin-slipway-common';
import { structuredPatch } from 'diff';

export type Hunk = FileDiff['hunks'][number];

const CONTEXT_LINES = 3;
/** Past so many differences a diff tells people nothing, and takes long. */
const MAX_EDITS = 20_000;

/**
 * The differences of two texts as in a unified diff. What cannot be found within the time is all of one text taken for all of
 * the other.
 *
 * @param options - `milliseconds`: time that it may take
 */
export function diffHunks(options: {
  before: string;
  after: string;
  milliseconds: number;
}): Hunk[] {
  const { before, after, milliseconds } = options;
  if (before === after) return [];
  const patch =
    milliseconds > 0
      ? structuredPatch('', '', before, after, undefined, undefined, {
          context: CONTEXT_LINES,
          timeout: milliseconds,
          maxEditLength: MAX_EDITS,
        })
      : undefined;
  if (!patch) return [wholeHunk(before, after)];
  return patch.hunks.map(hunk => ({
    oldStart: hunk.oldStart,
    oldLines: hunk.oldLines,
    newStart: hunk.newStart,
    newLines: hunk.newLines,
    lines: hunk.lines,
  }));
}

function wholeHunk(before: string, after: string): Hunk {
  const old = splitLines(before);
  const present = splitLines(after);
  return {
    oldStart: old.lines.length ? 1 : 0,
    oldLines: old.lines.length,
    newStart: present.lines.length ? 1 : 0,
    newLines: present.lines.length,
    lines: [...signed('-', old), ...signed('+', present)],
  };
}

interface TextLines {
  lines: string[];
  /** Whether the last one ends with a line feed. */
  ended: boolean;
}

function splitLines(text: string): TextLines {
  const lines = text.split('\n');
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  return { lines, ended };
}

function signed(sign: '-' | '+', { lines, ended }: TextLines): string[] {
  const all = lines.map(line => `${sign}${line}`);
  return ended ? all : [...all, '\\ No newline at end of file'];
}
