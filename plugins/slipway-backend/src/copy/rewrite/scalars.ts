import type { Scalar } from 'yaml';
import { scalarRange } from '../../manifests/yaml/nodes';

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

/** Whether a scalar's text is its lines, each as it stands in the file. */
export function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

/** Writes another value where a scalar is, in its own style as far as that can hold it; blocks are changed line by line instead. */
export function editScalar(
  node: Scalar,
  source: string,
  value: string,
): ScalarEdit | undefined {
  const range = scalarRange(node, source);
  if (!range) return undefined;
  const [start, end] = range;
  return { start, end, text: written(node, value) };
}

/**
 * Changes lines of a block scalar.
 *
 * @param change - of a line without its indentation
 */
export function* editLines(
  node: Scalar,
  source: string,
  change: (line: string) => string,
): Iterable<ScalarEdit> {
  const range = scalarRange(node, source);
  if (!range) return;
  const header = source.indexOf('\n', range[0]);
  if (header < 0 || header >= range[1]) return;
  yield* changedLines(source, header + 1, range[1], change);
}

/** Lines of a part of a text that are others. */
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

function written(node: Scalar, value: string): string {
  const was = typeof node.value === 'string' ? node.value : '';
  // eslint-disable-next-line no-control-regex
  const plainText = !/[\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/.test(
    value,
  );
  if (node.type === 'QUOTE_SINGLE' && plainText) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  // A number stays one; text never becomes one.
  const sameSort = NO_TEXT.test(was) || !NO_TEXT.test(value);
  return !quoted && sameSort && PLAIN.test(value)
    ? value
    : JSON.stringify(value);
}
