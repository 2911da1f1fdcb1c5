export interface Trailer {
  key: string;
  value: string;
}

/** Lines that git itself writes among trailers. */
const GENERATED = ['Signed-off-by: ', '(cherry picked from commit '];
const TRAILER = /^([A-Za-z0-9-]+)[ \t]*:(.*)$/s;

/**
 * The trailers of a commit message, as `git interpret-trailers --parse` finds them: in the last paragraph, unless that is the
 * first, when all its lines are trailers, or a quarter of them and one that git writes.
 *
 * @see https://git-scm.com/docs/git-interpret-trailers
 */
export function parseTrailers(message: string): Trailer[] {
  const lines = lastParagraph(message);
  let trailers = 0;
  let others = 0;
  let generated = false;
  let last: 'none' | 'trailer' | 'other' = 'none';
  const found: Trailer[] = [];
  for (const line of lines) {
    const match = TRAILER.exec(line);
    if (/^\s/.test(line)) {
      // Goes on with the line before.
      if (last === 'trailer') {
        const trailer = found.at(-1);
        if (trailer) trailer.value = `${trailer.value} ${line.trim()}`.trim();
      } else {
        others += 1;
      }
    } else if (match) {
      generated ||= line.startsWith(GENERATED[0]);
      trailers += 1;
      last = 'trailer';
      found.push({ key: match[1], value: match[2].trim() });
    } else if (line.startsWith(GENERATED[1])) {
      generated = true;
      trailers += 1;
      last = 'other';
    } else {
      others += 1;
      last = 'other';
    }
  }
  const isBlock =
    others === 0 ? trailers > 0 : generated && trailers * 3 >= others;
  return isBlock ? found : [];
}

/** Without comments; nothing when it is the first, which is the title. */
function lastParagraph(message: string): string[] {
  const all = message.split(/\r?\n/);
  // What follows such a line is a patch.
  const patch = all.findIndex(line => /^---(?:\s|$)/.test(line));
  const lines = all
    .slice(0, patch < 0 ? undefined : patch)
    .filter(line => !line.startsWith('#'));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const before = lines.findLastIndex(line => line.trim() === '');
  const titled = lines.slice(0, before).some(line => line.trim() !== '');
  return before >= 0 && titled ? lines.slice(before + 1) : [];
}
