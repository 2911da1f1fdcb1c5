import type { Leaf } from './leaves';

/** What YAML's core schema takes for something else than text (https://yaml.org/spec/1.2.2/#103-core-schema), or older parsers do. */
const NO_TEXT =
  /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+]?(?:\.inf|\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)|\.nan|0o[0-7]+|0x[0-9a-f]+|\d+(?::[0-5]?\d)+|\d{4}-\d\d?-\d\d?)$/i;

/** Needs no quotes wherever it stands. */
const PLAIN = /^[\w./$][\w./$@+?=&%~-]*(?::[\w./$@+?=&%~-]+)*$/;

/** What is written in place of another text. */
export interface ScalarEdit {
  start: number;
  end: number;
  text: string;
}

/** How another value is written where one is: in its style as far as that can hold it. */
export function written({ style, value: was }: Leaf, value: string): string {
  // eslint-disable-next-line no-control-regex
  const isPlainText = !/[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(
    value,
  );
  if (style === 'single' && isPlainText) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  // A number stays one; text never becomes one.
  const sameSort = NO_TEXT.test(was) || !NO_TEXT.test(value);
  return style === 'plain' && sameSort && PLAIN.test(value)
    ? value
    : JSON.stringify(value);
}

/**
 * Lines of a part of a text that are others.
 *
 * @param change - of a line without the white space around it
 */
export function* changedLines(
  source: string,
  from: number,
  to: number,
  change: (line: string) => string,
): Iterable<ScalarEdit> {
  for (let start = from; start < to; ) {
    const feed = source.indexOf('\n', start);
    const next = feed < 0 || feed >= to ? to : feed + 1;
    const line = source.slice(start, next);
    const content = line.trim();
    const text = change(content);
    if (text !== content && !/[\r\n]/.test(text)) {
      const at = start + line.length - line.trimStart().length;
      yield { start: at, end: at + content.length, text };
    }
    start = next;
  }
}

/** The lines of a block scalar, without its header. */
export function* changedBlockLines(
  { start, end }: Leaf,
  source: string,
  change: (line: string) => string,
): Iterable<ScalarEdit> {
  const header = source.indexOf('\n', start);
  if (header >= 0 && header < end) {
    yield* changedLines(source, header + 1, end, change);
  }
}
