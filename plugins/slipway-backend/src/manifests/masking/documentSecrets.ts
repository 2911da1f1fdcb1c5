import type { DocumentChunk, ParsedChunk } from '../yaml/documents';
import { collectAliases, type AliasTargets } from '../yaml/nodes';
import { identityKey, identityOf } from '../yaml/objects';
import { isInside, mergeRanges, type Range } from '../yaml/ranges';
import { PathIds } from './PathIds';
import { SecretMarker } from './SecretMarker';
import { SpanCollector } from './SpanCollector';
import { findTokens } from './tokens';
import type { SecretSpan } from './types';

const NO_ALIASES: AliasTargets = new Map();
/** A comment that may be a line that somebody switched off. */
export const KEY_AND_VALUE = /^#+[ \t]*["']?[\w./-]+["']?[ \t]*[:=][ \t]*\S/;

/** Secret values of the documents of one chunk, in order, with positions in the file. */
export function documentSecrets(
  chunk: DocumentChunk,
  parsed: ParsedChunk,
  ids: PathIds,
  withTokens: boolean,
): SecretSpan[] {
  const collector = new SpanCollector(chunk.text, ids, withTokens);
  const { spans } = collector;
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
    collector.collect(root, marks, targets);
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
