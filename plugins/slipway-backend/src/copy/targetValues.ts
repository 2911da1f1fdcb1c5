import { isMap } from 'yaml';
import { valuesOfDocument } from '../comparison/valuesOfDocument';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import { collectAliases, getValue, textOf } from '../manifests/yaml/nodes';
import type { ValuePlace } from './rewrite';

/** Looks values of a manifest up, by the kind of their object and where they stand in it. */
export function targetValues(
  text: string,
): (place: ValuePlace) => string | undefined {
  const values = new Map<string, string>();
  const key = (kind: string | undefined, path: string) => `${kind}:${path}`;
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) continue;
    for (const root of roots.filter(isMap)) {
      const kind = textOf(getValue(root, 'kind', collectAliases(root)));
      for (const [path, value] of valuesOfDocument(root)) {
        const at = key(kind, path);
        if (!values.has(at)) values.set(at, value);
      }
    }
  }
  return place => values.get(key(place.kind, place.path()));
}
