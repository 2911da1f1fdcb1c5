import type { SecretSpan } from './types';

/** Numbers of tokens that are written in a text as it is; a new token must not be mistaken for one of them. */
export function numbersIn(texts: Array<string | undefined>): Set<number> {
  const numbers = new Set<number>();
  for (const text of texts) {
    if (!text?.includes('masked:')) continue;
    for (const [, digits] of text.matchAll(/masked:(\d{1,9})/g)) {
      numbers.add(Number(digits));
    }
  }
  return numbers;
}

/** Counts from 1, without the numbers that are taken. */
export function numberer(taken: ReadonlySet<number>): () => number {
  let last = 0;
  return () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

/** The text with each span replaced; everything between stays as it is. */
export function replaceSpans(
  text: string,
  spans: readonly SecretSpan[],
  replacement: (span: SecretSpan, index: number) => string,
): string {
  let result = '';
  let at = 0;
  for (const [index, span] of spans.entries()) {
    result += text.slice(at, span.start) + replacement(span, index);
    at = span.end;
  }
  return result + text.slice(at);
}

/** A file of JSON stays JSON for editors and highlighters. */
export function placed(token: string, path: string, form: SecretSpan['form']) {
  return /\.json$/i.test(path) && form === 'scalar' ? `"${token}"` : token;
}
