import { diffArrays } from 'diff';
import type { FileVersion } from './fileVersions';

/** Past so many changed lines two versions count as having little in common. */
const MOST_EDITS = 4000;

/** A line of the newest version, and where it stands in an older one. */
interface Line {
  readonly final: number;
  readonly here: number;
}

/**
 * The commit that last changed each line of the first version.
 *
 * @param versions - each before those that it comes from
 * @param textOf - a version's content; undefined when it has no lines to compare
 */
export async function blameLines(
  versions: readonly FileVersion[],
  textOf: (version: FileVersion) => Promise<string | undefined>,
): Promise<string[]> {
  const numbers = new Map<string, number>();
  const byCommit = new Map(versions.map(one => [one.commit, one]));
  const read = new Map<string, number[]>();
  const linesOf = async (version: FileVersion) => {
    let lines = read.get(version.oid);
    if (!lines) {
      lines = splitLines((await textOf(version)) ?? '').map(line => {
        const number = numbers.get(line) ?? numbers.size;
        numbers.set(line, number);
        return number;
      });
      read.set(version.oid, lines);
    }
    return lines;
  };

  const [newest] = versions;
  const count = (await linesOf(newest)).length;
  const result = new Array<string>(count);
  const waiting = new Map<string, Line[]>();
  waiting.set(
    newest.commit,
    Array.from({ length: count }, (_, i) => ({ final: i, here: i })),
  );
  for (const version of versions) {
    let left = waiting.get(version.commit) ?? [];
    waiting.delete(version.commit);
    for (const parent of version.before) {
      if (left.length === 0) {
        break;
      }
      const older = byCommit.get(parent)!;
      const origins = sameLines(await linesOf(older), await linesOf(version));
      const taken = waiting.get(parent) ?? [];
      waiting.set(parent, taken);
      const own: Line[] = [];
      for (const line of left) {
        const here = origins[line.here];
        if (here < 0) {
          own.push(line);
        } else {
          taken.push({ final: line.final, here });
        }
      }
      left = own;
    }
    for (const { final } of left) {
      result[final] = version.commit;
    }
    // What is left of the walk never needs this version again.
    read.delete(version.oid);
  }
  return result;
}

/** For each new line its place among the old ones, or -1. */
export function sameLines(
  before: readonly number[],
  after: readonly number[],
): Int32Array {
  const origins = new Int32Array(after.length).fill(-1);
  let start = 0;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (start < oldEnd && start < newEnd && before[start] === after[start]) {
    origins[start] = start;
    start += 1;
  }
  while (
    oldEnd > start &&
    newEnd > start &&
    before[oldEnd - 1] === after[newEnd - 1]
  ) {
    oldEnd -= 1;
    newEnd -= 1;
    origins[newEnd] = oldEnd;
  }
  if (start === oldEnd || start === newEnd) {
    return origins;
  }
  const parts = diffArrays(
    before.slice(start, oldEnd),
    after.slice(start, newEnd),
    { maxEditLength: MOST_EDITS },
  );
  let [old, young] = [start, start];
  for (const { added, removed, count } of parts ?? []) {
    if (added) {
      young += count;
    } else if (removed) {
      old += count;
    } else {
      for (let i = 0; i < count; i++) {
        origins[young++] = old++;
      }
    }
  }
  return origins;
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}
