import type { ValueDifference } from '@slipway/backstage-plugin-slipway-common';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import { collectAliases } from '../manifests/yaml/nodes';
import { identityOf } from '../manifests/yaml/objects';
import type { IsExpected } from './expectedValues';
import { TooManyValues, valuesOfDocument } from './valuesOfDocument';

/** Differences of one file that are told one by one; the others are counted. */
const MAX_DIFFERENCES = 200;

interface Document {
  /** `Kind/name`; absent for what is no Kubernetes object. */
  object?: string;
  values: Map<string, string>;
}

export type TextComparison =
  | { type: 'compared'; differences: ValueDifference[]; more: number }
  | { type: 'unparsable' }
  | { type: 'tooLarge' };

/**
 * Compares two YAML or JSON texts by what they say: comments, quotes, order of keys and layout make no difference. Objects are
 * matched by kind and name, then by kind, then by where they are. Never throws.
 */
export function compareTexts(
  left: string,
  right: string,
  isExpected: IsExpected,
): TextComparison {
  let sides;
  try {
    sides = [left, right].map(readDocuments);
  } catch (error) {
    if (error instanceof TooManyValues) return { type: 'tooLarge' };
    throw error;
  }
  const [before, after] = sides;
  if (!before || !after) return { type: 'unparsable' };
  const differences: ValueDifference[] = [];
  for (const [one, other] of pairUp(before, after, isExpected)) {
    differences.push(...compareDocuments(one, other, isExpected));
  }
  // What nobody expects first, so that it is what is shown.
  differences.sort((a, b) => Number(a.expected) - Number(b.expected));
  return {
    type: 'compared',
    differences: differences.slice(0, MAX_DIFFERENCES),
    more: Math.max(0, differences.length - MAX_DIFFERENCES),
  };
}

function readDocuments(text: string): Document[] | undefined {
  const documents: Document[] = [];
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) return undefined;
    for (const root of roots) {
      const identity = identityOf(root, collectAliases(root));
      documents.push({
        object: identity && `${identity.kind}/${identity.name}`,
        values: valuesOfDocument(root),
      });
    }
  }
  return documents;
}

function pairUp(
  left: readonly Document[],
  right: readonly Document[],
  isExpected: IsExpected,
): Array<[Document | undefined, Document | undefined]> {
  const rest = new Set(right);
  const partners = new Map<Document, Document>();
  const kind = ({ object = '' }: Document) => object.split('/', 1)[0];
  const ways: Array<(one: Document, other: Document) => boolean> = [
    (one, other) => one.object !== undefined && one.object === other.object,
    (one, other) =>
      kind(one) === kind(other) &&
      isExpected(one.object ?? '', other.object ?? ''),
    (one, other) => one.object === undefined && other.object === undefined,
  ];
  for (const matches of ways) {
    for (const one of left) {
      if (partners.has(one)) continue;
      const partner = [...rest].find(other => matches(one, other));
      if (!partner) continue;
      partners.set(one, partner);
      rest.delete(partner);
    }
  }
  return [
    ...left.map(one => [one, partners.get(one)] as [Document, Document]),
    ...[...rest].map(one => [undefined, one] as [undefined, Document]),
  ];
}

function* compareDocuments(
  left: Document | undefined,
  right: Document | undefined,
  isExpected: IsExpected,
): Iterable<ValueDifference> {
  const object = left?.object ?? right?.object;
  if (!left || !right) {
    // One line says that an object is not there.
    const side = left ? 'left' : 'right';
    yield { object, path: '', [side]: object ?? '…', expected: false };
    return;
  }
  for (const path of new Set([...left.values.keys(), ...right.values.keys()])) {
    const [from, to] = [left.values.get(path), right.values.get(path)];
    if (from === to) continue;
    yield {
      object,
      path,
      left: from,
      right: to,
      expected:
        from !== undefined &&
        to !== undefined &&
        isExpected(from, to, { object, path }),
    };
  }
}
