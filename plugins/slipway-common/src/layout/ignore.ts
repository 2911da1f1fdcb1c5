import { literalProblem, splitPath } from './names';
import type { LayoutProblem } from './types';

/** A segment of an ignored path: what a name begins and ends with, or the whole of it. */
type Pattern = { exact: string } | { start: string; end: string };

/**
 * What no layout claims: path prefixes, in which a segment may hold one `*` for any text.
 *
 * @internal
 */
export class IgnoredPaths {
  readonly #entries: Pattern[][];

  private constructor(entries: Pattern[][]) {
    this.#entries = entries;
  }

  static compile(texts: readonly string[]): {
    ignored: IgnoredPaths;
    problems: LayoutProblem[];
  } {
    const problems: LayoutProblem[] = [];
    const entries = texts.flatMap((text, index) => {
      const patterns = compileEntry(text);
      if (patterns) return [patterns];
      problems.push({
        code: 'ignoreInvalid',
        params: { entry: text },
        pointer: ['ignore', index],
      });
      return [];
    });
    return { ignored: new IgnoredPaths(entries), problems };
  }

  /** Whether the path, or a directory above it, is ignored. */
  covers(path: readonly string[]): boolean {
    return this.#entries.some(
      patterns =>
        patterns.length <= path.length &&
        patterns.every((pattern, index) => matches(pattern, path[index])),
    );
  }
}

function compileEntry(text: string): Pattern[] | undefined {
  if (literalProblem(text)) return undefined;
  const segments = splitPath(text.endsWith('/') ? text.slice(0, -1) : text);
  const patterns = segments?.map((segment): Pattern | undefined => {
    const [start, end, ...more] = segment.split('*');
    if (more.length > 0) return undefined;
    return end === undefined ? { exact: segment } : { start, end };
  });
  return patterns?.every(pattern => pattern !== undefined)
    ? patterns
    : undefined;
}

function matches(pattern: Pattern, name: string): boolean {
  if ('exact' in pattern) return pattern.exact === name;
  return (
    name.length >= pattern.start.length + pattern.end.length &&
    name.startsWith(pattern.start) &&
    name.endsWith(pattern.end)
  );
}
