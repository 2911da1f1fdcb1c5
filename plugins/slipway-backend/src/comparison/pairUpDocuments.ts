import type { IsExpected } from './expectedValues';

/** One document of a text that is compared. */
export interface TextDocument {
  /** `Kind/name`; absent for what is no Kubernetes object. */
  object?: string;
  values: ReadonlyMap<string, string>;
}

/** How often it is asked whether one name is expected for another; a text may have any number of objects. */
const MAX_ASKED = 20_000;

/** Pairs of documents by kind and name, then by kind and a name that is expected, then by where they are; the rest has no partner. */
export function pairUpDocuments(
  left: readonly TextDocument[],
  right: readonly TextDocument[],
  isExpected: IsExpected,
): Array<[TextDocument | undefined, TextDocument | undefined]> {
  const rest = new Set(right);
  const partners = new Map<TextDocument, TextDocument>();
  const pair = (one: TextDocument, other: TextDocument) => {
    partners.set(one, other);
    rest.delete(other);
  };

  const named = groupBy(right, ({ object = '' }) => object);
  // Of several of one name, the first of each side are partners.
  const taken = new Map<string, number>();
  for (const one of left) {
    const { object = '' } = one;
    const index = taken.get(object) ?? 0;
    const other = named.get(object)?.[index];
    // What is no object comes last, but nothing else has its name.
    if (other) pair(one, other);
    taken.set(object, index + 1);
  }

  const kinds = groupBy([...rest], kindOf);
  let asked = 0;
  const maybe = (object: string, candidate: TextDocument) => {
    asked += 1;
    return asked <= MAX_ASKED && isExpected(object, candidate.object ?? '');
  };
  for (const one of left) {
    if (asked >= MAX_ASKED) break;
    const { object } = one;
    const candidates = kinds.get(kindOf(one));
    if (object === undefined || !candidates || partners.has(one)) continue;
    const index = candidates.findIndex(other => maybe(object, other));
    if (index !== -1) pair(one, candidates.splice(index, 1)[0]);
  }
  return [
    ...left.map(
      one =>
        [one, partners.get(one)] as [TextDocument, TextDocument | undefined],
    ),
    ...[...rest].map(one => [undefined, one] as [undefined, TextDocument]),
  ];
}

function kindOf({ object = '' }: TextDocument): string {
  return object.split('/', 1)[0];
}

function groupBy(
  documents: readonly TextDocument[],
  keyOf: (document: TextDocument) => string,
): Map<string, TextDocument[]> {
  const groups = new Map<string, TextDocument[]>();
  for (const document of documents) {
    const key = keyOf(document);
    const group = groups.get(key);
    if (group) group.push(document);
    else groups.set(key, [document]);
  }
  return groups;
}
