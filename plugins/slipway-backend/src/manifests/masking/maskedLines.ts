import { findSecrets } from './findSecrets';
import { PathIds } from './PathIds';
import { textFormat } from './textFormat';
import type { WhollySecret } from './types';

/**
 * Where the lines of a text are once it is masked: a value of several lines becomes a token on one. Takes time in proportion to the
 * text's length.
 *
 * @param options - as for `maskText`
 * @returns for each line of the text the line of `maskText` of it, both from 0
 * @public
 */
export function maskedLines(options: {
  path: string;
  text: string;
  wholly?: WhollySecret;
}): number[] {
  const { path, text, wholly } = options;
  const format = textFormat(path, text);
  const { spans } = findSecrets({ text, format, ids: new PathIds(), wholly });
  const lines = [0];
  let line = 0;
  let next = 0;
  for (
    let at = text.indexOf('\n');
    at !== -1;
    at = text.indexOf('\n', at + 1)
  ) {
    while (next < spans.length && spans[next].end <= at) next += 1;
    const inside = next < spans.length && spans[next].start <= at;
    if (!inside) line += 1;
    lines.push(line);
  }
  return lines;
}
