import { findSecrets } from './findSecrets';
import { PathIds } from './PathIds';
import { numberer, numbersIn, placed, replaceSpans } from './render';
import { textFormat } from './textFormat';
import { tokenOf } from './tokens';
import type { MaskedText, WhollySecret } from './types';

/**
 * Replaces every secret value by a token; every other byte stays: values of Secrets wherever they are defined, copies of Secrets in
 * annotations, literals of `secretGenerator`, what SOPS encrypted, and comments in Secrets that look like values. A document that
 * cannot be read and might be a Secret becomes one token. Never throws; takes time in proportion to the text's length.
 *
 * @param options - `wholly`: what becomes values of a Secret elsewhere, as `secretGenerator` says
 * @public
 */
export function maskText(options: {
  path: string;
  text: string;
  wholly?: WhollySecret;
}): MaskedText {
  const { path, text, wholly } = options;
  const format = textFormat(path, text);
  const { spans } = findSecrets({ text, format, ids: new PathIds(), wholly });
  if (spans.length === 0) return { text, masked: 0 };
  const next = numberer(numbersIn([text]));
  const masked = replaceSpans(text, spans, span =>
    placed(tokenOf(next()), path, span.form),
  );
  const withheld = spans.some(({ form }) => form === 'document');
  return {
    text: masked,
    masked: spans.length,
    ...(withheld && { withheld: 'unparsable' }),
  };
}
