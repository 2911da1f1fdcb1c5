import { diff3Merge } from 'node-diff3';

// The merge compares lines with lines; past this it would take seconds.
const MAX_LINES = 10_000;

/**
 * Merges two edits of one text by lines, as Git does; each line keeps its own ending.
 *
 * @returns undefined for texts that are too long to merge
 */
export function mergeTexts(options: {
  base: string;
  mine: string;
  theirs: string;
}): { merged: string; clean: boolean } | undefined {
  const [base, mine, theirs] = [options.base, options.mine, options.theirs].map(
    linesOf,
  );
  if (Math.max(base.length, mine.length, theirs.length) > MAX_LINES) {
    return undefined;
  }
  let clean = true;
  const parts: string[] = [];
  for (const region of diff3Merge(mine, base, theirs, {
    excludeFalseConflicts: true,
  })) {
    if (region.ok) {
      parts.push(...region.ok);
    } else if (region.conflict) {
      clean = false;
      const ending = mine[0]?.endsWith('\r\n') ? '\r\n' : '\n';
      const side = (lines: string[]) =>
        lines.map(line => (line.endsWith('\n') ? line : `${line}${ending}`));
      parts.push(
        `<<<<<<< mine${ending}`,
        ...side(region.conflict.a),
        `=======${ending}`,
        ...side(region.conflict.b),
        `>>>>>>> theirs${ending}`,
      );
    }
  }
  return { merged: parts.join(''), clean };
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
