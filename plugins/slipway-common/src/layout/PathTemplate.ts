import { SegmentTemplate } from './SegmentTemplate';
import { TemplateError } from './TemplateError';
import { splitPath } from './names';
import { tokenizePath } from './tokens';

/**
 * A path with placeholders, compiled: it reads values out of paths and writes paths from values.
 *
 * @internal
 */
export class PathTemplate {
  readonly text: string;
  readonly segments: readonly SegmentTemplate[];
  /** Listed values by placeholder, `undefined` for those that take any name. */
  readonly placeholders: ReadonlyMap<string, string[] | undefined>;

  private constructor(
    text: string,
    segments: SegmentTemplate[],
    placeholders: Map<string, string[] | undefined>,
  ) {
    this.text = text;
    this.segments = segments;
    this.placeholders = placeholders;
  }

  /** @throws TemplateError */
  static compile(text: string): PathTemplate {
    const placeholders = new Map<string, string[] | undefined>();
    const segments = tokenizePath(text).map(({ segment, tokens }) => {
      for (const token of tokens) {
        if (token.kind !== 'placeholder') continue;
        if (placeholders.has(token.name)) {
          throw new TemplateError('placeholderDuplicate', {
            placeholder: token.name,
          });
        }
        placeholders.set(token.name, token.values);
      }
      return SegmentTemplate.compile(tokens, segment);
    });
    return new PathTemplate(text, segments, placeholders);
  }

  get length(): number {
    return this.segments.length;
  }

  /** Values of the path's first segments, as many as both have; `undefined` when one of them differs. */
  matchStart(path: readonly string[]): Record<string, string> | undefined {
    const values: Record<string, string> = {};
    const count = Math.min(path.length, this.length);
    for (let index = 0; index < count; index++) {
      const found = this.segments[index].match(path[index]);
      if (!found) return undefined;
      Object.assign(values, found);
    }
    return values;
  }

  /** The inverse of `matchStart` on a whole path. */
  expand(values: Record<string, string>): string | undefined {
    const texts: string[] = [];
    for (const segment of this.segments) {
      const text = segment.expand(values);
      if (text === undefined) return undefined;
      texts.push(text);
    }
    const path = texts.join('/');
    return splitPath(path) ? path : undefined;
  }
}
