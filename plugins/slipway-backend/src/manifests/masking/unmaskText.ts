import { Positions } from '../yaml/positions';
import { isInside } from '../yaml/ranges';
import { findSecrets } from './findSecrets';
import { PathIds } from './PathIds';
import { numberer, numbersIn, replaceSpans } from './render';
import { textFormat } from './textFormat';
import { findTokens, looksTokenLike, tokenNumber } from './tokens';
import type { MaskProblem, SecretSpan, WhollySecret } from './types';

const MAX_PROBLEMS = 50;

/**
 * Puts the values back into an edited text that was masked: each token becomes exactly what is written in the base. A token may be
 * deleted and anything may be inserted around it, but it stays where it was, which is an object and a path in it, not a line.
 *
 * @param options - `edited`: what a person made of `maskText` of `base`; `base`: as it is in Git, none for a new file;
 *   `wholly`: as it was masked
 * @public
 */
export function unmaskText(options: {
  path: string;
  edited: string;
  base?: string;
  wholly?: WhollySecret;
}): { text: string } | { problems: MaskProblem[] } {
  const { path, edited, base = '', wholly } = options;
  if (!/⟪|⟫|masked:/.test(edited)) return { text: edited };

  const format = textFormat(path, base || edited);
  const ids = new PathIds();
  const secrets = findSecrets({ text: base, format, ids, wholly }).spans;
  const next = numberer(numbersIn([base]));
  const byNumber = new Map(secrets.map(span => [next(), span]));
  const written = textOutside(base, secrets);
  const { spans, unreadable } = findSecrets({
    text: edited,
    format,
    ids,
    withTokens: true,
    wholly,
  });

  const problems = new Map<number, MaskProblem>();
  const positions = new Positions(edited);
  const report = (code: string, at: number, token: string) => {
    if (problems.size >= MAX_PROBLEMS || problems.has(at)) return;
    const params = { token: token.slice(0, 40) };
    const place = positions.at(at);
    problems.set(at, { severity: 'error', code, params, file: path, ...place });
  };

  const kept: Array<{ span: SecretSpan; from: SecretSpan }> = [];
  const used = new Set<number>();
  let position = 0;
  for (const { at, text: token } of findTokens(edited)) {
    // What the base says in the open is text like any other.
    if (written.has(token)) continue;
    while (position < spans.length && spans[position].end <= at) position += 1;
    const span = spans[position];
    const inside = span && span.start <= at && at < span.end;
    const number = tokenNumber(token);
    const from = number === undefined ? undefined : byNumber.get(number);
    const raw = inside ? edited.slice(span.start, span.end) : token;
    const broken = isInside(unreadable, at);
    if (number === undefined && !/^⟪masked:\d+\*⟫$/.test(token)) {
      report('maskTokenBroken', at, token);
    } else if (number === undefined || !from) {
      report('maskTokenUnknown', at, token);
    } else if (broken) report('maskTokenUnreadable', at, token);
    else if (used.has(number)) report('maskTokenDoubled', at, token);
    else if (!inside || span.key !== from.key || span.form !== from.form) {
      report('maskTokenMoved', at, token);
    } else if (tokenNumber(raw) !== number)
      report('maskTokenBroken', at, token);
    else kept.push({ span, from });
    if (number !== undefined) used.add(number);
  }
  if (secrets.length > 0) {
    for (const { start, end, form, open } of spans) {
      const raw = edited.slice(start, end);
      if (open || form === 'document' || tokenNumber(raw) !== undefined)
        continue;
      if (looksTokenLike(raw)) report('maskTokenBroken', start, '⟪masked:…⟫');
    }
  }
  if (problems.size > 0) return { problems: inOrder(problems) };
  if (kept.length === 0) return { text: edited };

  const tokens = kept.map(({ span }) => span);
  const values = kept.map(({ from }) => base.slice(from.start, from.end));
  const text = replaceSpans(edited, tokens, (_, index) => values[index]);

  // The proof: each value is read from its new surroundings as what it was, and is masked there.
  const masked = new Map(
    findSecrets({ text, format, ids, wholly }).spans.map(span => [
      span.start,
      span,
    ]),
  );
  let moved = 0;
  for (const [index, { span, from }] of kept.entries()) {
    const now = masked.get(span.start + moved);
    const length = values[index].length;
    const same =
      now?.key === from.key &&
      now.end - now.start === length &&
      now.value === from.value;
    const token = edited.slice(span.start, span.end);
    if (!same) report('maskTokenBroken', span.start, token);
    moved += length - (span.end - span.start);
  }
  return problems.size > 0 ? { problems: inOrder(problems) } : { text };
}

function inOrder(problems: ReadonlyMap<number, MaskProblem>): MaskProblem[] {
  return [...problems].sort(([a], [b]) => a - b).map(([, problem]) => problem);
}

/** What looks like a token, or like a piece of one, in the parts of a text that everybody sees. */
function textOutside(text: string, spans: readonly SecretSpan[]): Set<string> {
  const visible = replaceSpans(text, spans, () => '\n');
  return new Set(findTokens(visible).map(found => found.text));
}
