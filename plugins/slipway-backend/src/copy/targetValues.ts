import { isMap } from 'yaml';
import { textBudget, valuesOfDocument } from '../comparison/valuesOfDocument';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import { collectAliases, getValue, textOf } from '../manifests/yaml/nodes';
import { TooManyValues } from '../manifests/yaml/ValueBudget';
import type { ValuePlace } from './rewrite';

/** Looks values of a manifest up, by the kind of their object and where they stand in it; one with too many of them has none. */
export function targetValues(
  text: string,
): (place: ValuePlace) => string | undefined {
  let values: ReadonlyMap<string, string>;
  try {
    values = valuesOf(text);
  } catch (error) {
    if (!(error instanceof TooManyValues)) throw error;
    return () => undefined;
  }
  return place => values.get(key(place.kind, place.path()));
}

function valuesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const budget = textBudget();
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) continue;
    for (const root of roots.filter(isMap)) {
      const kind = textOf(getValue(root, 'kind', collectAliases(root)));
      for (const [path, value] of valuesOfDocument(root, budget)) {
        const at = key(kind, path);
        if (!values.has(at)) values.set(at, value);
      }
    }
  }
  return values;
}

function key(kind: string | undefined, path: string): string {
  return `${kind}:${path}`;
}
