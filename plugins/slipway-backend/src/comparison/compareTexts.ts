import type { ValueDifference } from '@slipway/backstage-plugin-slipway-common';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import { collectAliases } from '../manifests/yaml/nodes';
import { identityOf } from '../manifests/yaml/objects';
import type { IsExpected } from './expectedValues';
import { TooManyValues } from '../manifests/yaml/ValueBudget';
import { pairUpDocuments, type TextDocument } from './pairUpDocuments';
import { textBudget, valuesOfDocument } from './valuesOfDocument';

/** Differences of one file that are told one by one; the others are counted. */
const MAX_DIFFERENCES = 200;

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
  for (const [one, other] of pairUpDocuments(before, after, isExpected)) {
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

function readDocuments(text: string): TextDocument[] | undefined {
  const documents: TextDocument[] = [];
  const budget = textBudget();
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) return undefined;
    for (const root of roots) {
      const identity = identityOf(root, collectAliases(root));
      documents.push({
        object: identity && `${identity.kind}/${identity.name}`,
        values: valuesOfDocument(root, budget),
      });
    }
  }
  return documents;
}

function* compareDocuments(
  left: TextDocument | undefined,
  right: TextDocument | undefined,
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
