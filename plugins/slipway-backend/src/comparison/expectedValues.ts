import { escapeRegExp } from '../manifests/yaml/escapeRegExp';
import type { EnvironmentModel } from '../status/types';

/** Occurrences of names in one value that are looked at. */
const MAX_OCCURRENCES = 100;
/** Characters of one value that is looked into. */
const MAX_LENGTH = 10_000;

/** Where a value stands. */
export interface ComparedPlace {
  /** `Kind/name` of the object that it is in. */
  object?: string;
  /** As `valuesOfDocument` spells it. */
  path: string;
}

/** Says whether a value on the right is what one expects from that on the left; names of objects are asked about without a place. */
export type IsExpected = (
  left: string,
  right: string,
  at?: ComparedPlace,
) => boolean;

/**
 * What differs between environments because they are called otherwise and go elsewhere: their names, and the clusters and namespaces
 * of their targets. A value is expected where it is the other one with some of these names in place of those, each as a whole word.
 */
export function expectedValues(
  left: EnvironmentModel,
  right: EnvironmentModel,
): IsExpected {
  const pairs = pairsOf(left, right);
  if (pairs.size === 0) return () => false;
  const names = [...pairs.keys()].sort((a, b) => b.length - a.length);
  const word = new RegExp(
    `(?<![A-Za-z0-9])(?:${names.map(escapeRegExp).join('|')})(?![A-Za-z0-9])`,
    'g',
  );
  return (from, to) => {
    if (from.length > MAX_LENGTH || to.length > MAX_LENGTH) return false;
    const found = [...from.matchAll(word)];
    if (found.length === 0 || found.length > MAX_OCCURRENCES) return false;
    return derives(from, found, to, pairs);
  };
}

function pairsOf(
  left: EnvironmentModel,
  right: EnvironmentModel,
): Map<string, Set<string>> {
  const pairs = new Map<string, Set<string>>();
  const pair = (from: string | undefined, to: string | undefined) => {
    if (!from || !to || from === to) return;
    pairs.set(from, (pairs.get(from) ?? new Set()).add(to));
  };
  pair(left.name, right.name);
  // Where each has one target it is plain which becomes which; of several, those in the same place.
  left.targets.forEach(({ cluster, namespace }, index) => {
    pair(cluster, right.targets[index]?.cluster);
    pair(namespace, right.targets[index]?.namespace);
  });
  return pairs;
}

/** Whether `to` is `from` with some of the names replaced; in time proportional to both. */
function derives(
  from: string,
  found: readonly RegExpMatchArray[],
  to: string,
  pairs: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  // Where in `to` one may be after each part of `from`.
  let places = new Set([0]);
  let at = 0;
  const step = (texts: Iterable<string>) => {
    const next = new Set<number>();
    for (const text of texts) {
      for (const place of places) {
        if (to.startsWith(text, place)) next.add(place + text.length);
      }
    }
    places = next;
  };
  for (const { 0: name, index = 0 } of found) {
    step([from.slice(at, index)]);
    step([name, ...(pairs.get(name) ?? [])]);
    at = index + name.length;
    if (places.size === 0) return false;
  }
  step([from.slice(at)]);
  return places.has(to.length);
}
