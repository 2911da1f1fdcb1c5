import { isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import type { DocumentChunk, ParsedChunk } from '../yaml/documents';
import {
  collectAliases,
  getValue,
  scalarRange,
  textOf,
  type AliasTargets,
} from '../yaml/nodes';
import { identityKey, identityOf } from '../yaml/objects';
import { isInside, mergeRanges, type Range } from '../yaml/ranges';
import { isEncrypted } from './markers';
import { PathIds } from './PathIds';
import { SecretMarker } from './SecretMarker';
import { findTokens } from './tokens';
import type { SecretSpan } from './types';

const NO_ALIASES: AliasTargets = new Map();
/** A comment that may be a line that somebody switched off. */
const KEY_AND_VALUE = /^#+[ \t]*["']?[\w./-]+["']?[ \t]*[:=][ \t]*\S/;

/** Secret values of the documents of one chunk, in order, with positions in the file. */
export function documentSecrets(
  chunk: DocumentChunk,
  parsed: ParsedChunk,
  ids: PathIds,
  withTokens: boolean,
): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const ranges: Range[] = [];
  for (const root of parsed.roots) {
    const targets = chunk.text.includes('&')
      ? collectAliases(root)
      : NO_ALIASES;
    const { marks, secrets } = SecretMarker.mark(root, targets);
    for (const secret of secrets) {
      const [start, , end] = secret.range ?? [0, 0, 0];
      ranges.push([start, secret === root ? chunk.text.length : end]);
    }

    const add = (node: Scalar, path: number, name: string) => {
      const mark = marks.get(node);
      const value = textOf(node) ?? '';
      const secret = mark !== undefined || isEncrypted(value);
      const token = withTokens && findTokens(value).length > 0;
      const range = scalarRange(node, chunk.text);
      if (!range || !(secret || token)) return;
      if (mark === 'part') {
        const part = partOf(node, range, chunk.text);
        if (part) {
          const [start, end, title] = part;
          if (start === end) return;
          const key = ids.child(path, `=${title}`);
          const said = chunk.text.slice(start, end);
          spans.push({
            start,
            end,
            key,
            value: said,
            form: 'part',
            name: title,
          });
          return;
        }
      }
      const [start, end] = range;
      spans.push({
        start,
        end,
        key: path,
        value,
        form: 'scalar',
        name,
        ...(!secret && { open: true }),
      });
    };
    const visit = (node: unknown, path: number, name: string) => {
      if (isScalar(node)) add(node, path, name);
      if (isSeq(node)) {
        for (const item of node.items) {
          const title = textOf(getValue(item, 'name', targets));
          const step = title === undefined ? '[]' : `[name=${title}]`;
          visit(item, ids.child(path, step), name);
        }
      }
      if (!isMap(node)) return;
      const identity = identityOf(node, targets);
      const own = identity
        ? ids.child(PathIds.root, identityKey(identity))
        : path;
      for (const pair of node.items) {
        if (!isPair(pair)) continue;
        const title = textOf(pair.key) ?? '?';
        const step = ids.child(own, `.${title}`);
        visit(pair.key, ids.child(step, '?'), title);
        visit(pair.value, step, title);
      }
    };
    visit(root, PathIds.root, '');
  }
  addComments(chunk.text, parsed, { spans, ranges, ids, withTokens });
  return spans
    .map(span => ({
      ...span,
      start: span.start + chunk.start,
      end: span.end + chunk.start,
    }))
    .sort((a, b) => a.start - b.start);
}

/** What follows the equals sign in a literal on one line, without the closing quote; and the name before it. */
function partOf(
  node: Scalar,
  [start, end]: [number, number],
  text: string,
): [number, number, string] | undefined {
  const source = text.slice(start, end);
  const equals = source.indexOf('=');
  const oneLine =
    /^QUOTE|^PLAIN/.test(node.type ?? '') && !/[\r\n]/.test(source);
  if (!oneLine || equals === -1) return undefined;
  const quote = node.type === 'PLAIN' ? 0 : 1;
  const name = source.slice(quote, equals);
  return [start + equals + 1, end - quote, name];
}

/** Encrypted comments, and switched-off lines in Secrets: both are values all the same. */
function addComments(
  text: string,
  parsed: ParsedChunk,
  to: {
    spans: SecretSpan[];
    ranges: Range[];
    ids: PathIds;
    withTokens: boolean;
  },
) {
  const { spans, ranges, ids, withTokens } = to;
  if (parsed.comments.length === 0) return;
  const identity = identityOf(parsed.roots[0], NO_ALIASES);
  const path = ids.child(
    ids.child(PathIds.root, identity ? identityKey(identity) : ''),
    '#',
  );
  const taken = mergeRanges(spans.map(({ start, end }) => [start, end]));
  const secret = mergeRanges(ranges);
  for (const [start, end] of parsed.comments) {
    if (isInside(taken, start)) continue;
    const comment = text.slice(start, end).trimEnd();
    const isSecret =
      comment.includes('ENC[') ||
      (isInside(secret, start) && KEY_AND_VALUE.test(comment));
    const token = withTokens && findTokens(comment).length > 0;
    if (!isSecret && !token) continue;
    const from = start + (/^#+[ \t]*/.exec(comment)?.[0].length ?? 0);
    const until = start + comment.length;
    const value = text.slice(from, until);
    spans.push({
      start: from,
      end: until,
      key: path,
      value,
      form: 'comment',
      name: '#',
      ...(!isSecret && { open: true }),
    });
  }
}
