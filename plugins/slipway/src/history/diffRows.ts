import type { FileDiffHunksInner } from '@slipway/backstage-plugin-slipway-common';

/** One line of one side; `sign` is what a unified diff puts before it. */
export interface DiffLine {
  sign: ' ' | '+' | '-' | '\\';
  oldLine?: number;
  newLine?: number;
  text: string;
}

/** What stands side by side; a side is absent where the other has a line more. */
export interface SplitRow {
  before?: DiffLine;
  after?: DiffLine;
}

const signs = [' ', '+', '-', '\\'] as const;

/** The lines of a hunk with their numbers. */
export function unifiedRows(hunk: FileDiffHunksInner): DiffLine[] {
  let { oldStart: oldLine, newStart: newLine } = hunk;
  return hunk.lines.map(line => {
    const sign = signs.find(known => line.startsWith(known)) ?? ' ';
    const text = line.slice(1);
    switch (sign) {
      case '+':
        return { sign, newLine: newLine++, text };
      case '-':
        return { sign, oldLine: oldLine++, text };
      case '\\':
        return { sign, text };
      default:
        return { sign, oldLine: oldLine++, newLine: newLine++, text };
    }
  });
}

/** Removed lines beside the added ones that follow them. */
export function splitRows(hunk: FileDiffHunksInner): SplitRow[] {
  const rows: SplitRow[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      rows.push({ before: removed[i], after: added[i] });
    }
    removed = [];
    added = [];
  };
  for (const line of unifiedRows(hunk)) {
    if (line.sign === '-') {
      removed.push(line);
    } else if (line.sign === '+') {
      added.push(line);
    } else if (line.sign === ' ') {
      flush();
      rows.push({ before: line, after: line });
    }
  }
  flush();
  return rows;
}
