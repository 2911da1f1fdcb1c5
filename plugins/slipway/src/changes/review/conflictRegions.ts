/** Where both edits stand below each other, in characters of the text; `to` is past the line's end. */
export interface ConflictRegion {
  from: number;
  to: number;
  mine: { from: number; to: number };
  theirs: { from: number; to: number };
}

/** Which of the two edits stays. */
export type Side = 'mine' | 'theirs' | 'both';

const MINE = '<<<<<<< mine';
const BETWEEN = '=======';
const THEIRS = '>>>>>>> theirs';

/** The conflicts that are still marked in a merged text, from its beginning. */
export function conflictRegions(text: string): ConflictRegion[] {
  const regions: ConflictRegion[] = [];
  let start: number | undefined;
  let mine: { from: number; to: number } | undefined;
  let theirsFrom = 0;
  let at = 0;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const next = at + line.length;
    switch (line.trimEnd()) {
      case MINE:
        start = at;
        mine = undefined;
        break;
      case BETWEEN:
        if (start !== undefined && !mine) {
          mine = { from: start + lineLength(text, start), to: at };
          theirsFrom = next;
        }
        break;
      case THEIRS:
        if (start !== undefined && mine) {
          regions.push({
            from: start,
            to: next,
            mine,
            theirs: { from: theirsFrom, to: at },
          });
        }
        start = undefined;
        mine = undefined;
        break;
      default:
    }
    at = next;
  }
  return regions;
}

function lineLength(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return (end < 0 ? text.length : end + 1) - from;
}

/** What stands in place of a conflict when one side, or both, are taken. */
export function resolved(
  text: string,
  { mine, theirs }: ConflictRegion,
  side: Side,
): string {
  const mineText = text.slice(mine.from, mine.to);
  const theirsText = text.slice(theirs.from, theirs.to);
  switch (side) {
    case 'mine':
      return mineText;
    case 'theirs':
      return theirsText;
    default:
      return mineText + theirsText;
  }
}
