/**
 * Matches like the globs of Argo CD's `directory.include` and `exclude`: `*`
 * and `?` take any character, `/` too; `{a,b}` lists alternatives, which may
 * themselves hold wildcards.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let depth = 0;
  const expression = pattern.replace(/[^]/g, character => {
    switch (character) {
      case '*':
        return '.*';
      case '?':
        return '.';
      case '{':
        depth++;
        return '(?:';
      case '}':
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      case '[':
      case ']':
        return character;
      default:
        return character.replace(/[.+^$()|\\]/, '\\$&');
    }
  });
  try {
    return new RegExp(`^(?:${expression})$`, 's').test(text);
  } catch {
    return false;
  }
}
