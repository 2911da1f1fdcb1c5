import { literalProblem, nameProblem, splitPath } from './names';
import { TemplateError } from './TemplateError';

/**
 * @internal
 */
export type Token =
  | { kind: 'literal'; text: string }
  | { kind: 'placeholder'; name: string; values?: string[] };

const MAX_LENGTH = 500;
const MAX_SEGMENTS = 20;
const PLACEHOLDER_NAME = /^[a-z][A-Za-z0-9_-]{0,49}$/;

/**
 * Cuts a path template into segments, each into literals and placeholders.
 *
 * @throws TemplateError
 * @internal
 */
export function tokenizePath(
  text: string,
): Array<{ segment: string; tokens: Token[] }> {
  if (text === '') throw new TemplateError('templateEmpty', {});
  if (text.length > MAX_LENGTH || text.split('/').length > MAX_SEGMENTS) {
    throw new TemplateError('templateTooLong', {
      characters: String(MAX_LENGTH),
      segments: String(MAX_SEGMENTS),
    });
  }
  if (text.startsWith('/')) throw new TemplateError('templateAbsolute', {});
  return splitSegments(text).map(segment => {
    const tokens = tokenize(segment);
    checkSegment(segment, tokens);
    return { segment, tokens };
  });
}

/**
 * Cuts the text of one segment (or of a composition) into literals and placeholders.
 *
 * @throws TemplateError
 * @internal
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf('{', position);
    const literal = text.slice(position, open < 0 ? undefined : open);
    if (literal) tokens.push(parseLiteral(literal));
    if (open < 0) break;
    const close = text.indexOf('}', open);
    if (close < 0) throw new TemplateError('templateBraceInvalid', { text });
    tokens.push(parsePlaceholder(text.slice(open + 1, close)));
    position = close + 1;
  }
  return tokens;
}

function parseLiteral(text: string): Token {
  if (text.includes('}')) {
    throw new TemplateError('templateBraceInvalid', { text });
  }
  const problem = literalProblem(text);
  if (problem) throw new TemplateError('templateLiteralInvalid', { problem });
  return { kind: 'literal', text };
}

function parsePlaceholder(inside: string): Token {
  const colon = inside.indexOf(':');
  const name = colon < 0 ? inside : inside.slice(0, colon);
  if (!PLACEHOLDER_NAME.test(name)) {
    throw new TemplateError('templatePlaceholderInvalid', {
      placeholder: inside,
    });
  }
  if (colon < 0) return { kind: 'placeholder', name };
  const values = inside.slice(colon + 1).split('|');
  for (const value of values) {
    if (nameProblem(value) || value.includes('{')) {
      throw new TemplateError('templateValueInvalid', {
        placeholder: name,
        value,
      });
    }
  }
  return { kind: 'placeholder', name, values: [...new Set(values)] };
}

/** A slash inside braces is no separator: the placeholder is invalid, which says more than two broken segments. */
function splitSegments(text: string): string[] {
  const segments: string[] = [];
  let start = 0;
  let inside = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') inside = true;
    else if (text[index] === '}') inside = false;
    else if (text[index] === '/' && !inside) {
      segments.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...segments, text.slice(start)];
}

function checkSegment(segment: string, tokens: Token[]) {
  if (segment === '') throw new TemplateError('templateEmptySegment', {});
  if (segment === '.' || segment === '..') {
    throw new TemplateError('templateDotSegment', { segment });
  }
  const literal = tokens.every(token => token.kind === 'literal');
  if (literal && (!splitPath(segment) || segment === '.slipway')) {
    throw new TemplateError('templateReserved', { segment });
  }
  if (!literal && segment.startsWith('.')) {
    throw new TemplateError('templateHiddenSegment', { segment });
  }
}

/**
 * Writes tokens with their values; `undefined` when one is missing, no name, or not among the listed ones.
 *
 * @internal
 */
export function expandTokens(
  tokens: readonly Token[],
  values: Record<string, string>,
): string | undefined {
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'literal') {
      text += token.text;
      continue;
    }
    const value = Object.hasOwn(values, token.name)
      ? values[token.name]
      : undefined;
    if (value === undefined || nameProblem(value)) return undefined;
    if (token.values && !token.values.includes(value)) return undefined;
    text += value;
  }
  return text;
}
