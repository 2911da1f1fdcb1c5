import { findSecrets } from './findSecrets';
import { PathIds } from './PathIds';
import { numberer, numbersIn, placed, replaceSpans } from './render';
import { textFormat } from './textFormat';
import { tokenOf } from './tokens';
import type { SecretSpan, WhollySecret } from './types';

/**
 * Masks both sides of a diff. A value that is the same on both sides, in the same place, has the same token; one that was changed has
 * its number with a star. Nothing tells whether values in different places are equal.
 *
 * @param options - `wholly`: what becomes values of a Secret elsewhere on either side, as `secretGenerator` says
 * @public
 */
export function maskPair(options: {
  path: string;
  before?: string;
  after?: string;
  wholly?: WhollySecret;
}): {
  before?: string;
  after?: string;
  /** How many values there are on both sides together, each counted once. */
  masked: number;
} {
  const { path, before, after, wholly } = options;
  const ids = new PathIds();
  const spansOf = (text: string | undefined) =>
    text === undefined
      ? []
      : findSecrets({ text, format: textFormat(path, text), ids, wholly })
          .spans;
  const old = spansOf(before);
  const present = spansOf(after);
  const next = numberer(numbersIn([before, after]));
  const oldNumbers = old.map(next);

  const partners = pairUp(before ?? '', old, after ?? '', present);
  const rendered = present.map((span, index) => {
    const partner = partners[index];
    const token = partner
      ? tokenOf(oldNumbers[partner.index], partner.changed)
      : tokenOf(next());
    return placed(token, path, span.form);
  });
  const paired = partners.filter(partner => partner).length;
  return {
    ...(before !== undefined && {
      before: replaceSpans(before, old, (span, index) =>
        placed(tokenOf(oldNumbers[index]), path, span.form),
      ),
    }),
    ...(after !== undefined && {
      after: replaceSpans(after, present, (_, index) => rendered[index]),
    }),
    masked: old.length + present.length - paired,
  };
}

/** Which value before each value after stands for: the same one in the same place, else the next other one there. */
function pairUp(
  before: string,
  old: readonly SecretSpan[],
  after: string,
  present: readonly SecretSpan[],
): Array<{ index: number; changed: boolean } | undefined> {
  const byPlace = new Map<number, Map<string, number[]>>();
  for (const [index, { key, start, end }] of old.entries()) {
    const there = byPlace.get(key) ?? new Map<string, number[]>();
    byPlace.set(key, there);
    const written = before.slice(start, end);
    const same = there.get(written);
    if (same) same.push(index);
    else there.set(written, [index]);
  }
  // Taken from the end, which costs the same however many there are.
  for (const there of byPlace.values()) {
    for (const same of there.values()) same.reverse();
  }
  const partners = present.map(({ key, start, end }) => {
    const same = byPlace.get(key)?.get(after.slice(start, end));
    const index = same?.pop();
    return index === undefined ? undefined : { index, changed: false };
  });
  const left = new Map<number, number[]>();
  for (const [key, there] of byPlace) {
    left.set(
      key,
      [...there.values()].flat().sort((a, b) => b - a),
    );
  }
  return partners.map((partner, position) => {
    if (partner) return partner;
    const index = left.get(present[position].key)?.pop();
    return index === undefined ? undefined : { index, changed: true };
  });
}
