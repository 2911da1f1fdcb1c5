import {
  referencesOf,
  type KustomizeReference,
} from '../../manifests/kustomize';
import type { WhollySecret } from '../../manifests/masking';
import { parseChunk, splitDocuments } from '../../manifests/yaml/documents';

/** Something that a Kustomization names, as it is written; where it leads depends on where the Kustomization is. */
export interface NamedPath {
  reference: string;
  /** Other files that describe generators of their own are behind it. */
  generator: boolean;
  /** What is there becomes values of a Secret. */
  secret?: WhollySecret;
}

/** What a text names, wherever it stands. */
export interface ParsedKustomization {
  named: readonly NamedPath[];
  /** Words that may be names of files with secret values, where the text does not say it in a way that can be read. */
  suspects: readonly string[];
}

/** Bytes of a Kustomization that are read; reading blocks others for about 1 ms per KB. */
export const MAX_KUSTOMIZATION_BYTES = 256 * 1024;

/** Words of one text that are taken for names. */
const MAX_SUSPECTS = 10_000;

/** Reads what a Kustomization names. Never throws. */
export function parseKustomization(text: string): ParsedKustomization {
  // Without a directory of its own, since equal texts are read once for all places that they are at.
  const named = referencesOf('kustomization.yaml', text)
    .filter(({ remote }) => !remote)
    .map(
      (reference): NamedPath => ({
        reference: reference.reference,
        generator: reference.field === 'generators',
        secret: reference.secret ? secretIn(reference) : undefined,
      }),
    );
  return { named, suspects: suspectsIn(text) };
}

/** What a file of generators names, if it describes one of Kustomize's own for Secrets. Never throws. */
export function parseGenerator(text: string): ParsedKustomization {
  if (!/SecretGenerator/.test(text)) return { named: [], suspects: [] };
  // Its fields are those of an item of `secretGenerator`.
  const items = splitDocuments(text)
    .filter(({ text: part }) => /SecretGenerator/.test(part))
    .map(({ text: part, contentStart }) => indent(part.slice(contentStart)));
  const named = items.flatMap(
    item => parseKustomization(`secretGenerator:\n-\n${item}\n`).named,
  );
  return named.length > 0
    ? { named, suspects: [] }
    : { named, suspects: wordsOf(text) };
}

function secretIn({ field }: KustomizeReference): WhollySecret {
  return field.endsWith('.files') ? 'content' : 'lines';
}

/** A Secret's generator that stands inline, or in a document that cannot be read, names files all the same. */
function suspectsIn(text: string): string[] {
  if (!/secretGenerator/i.test(text)) return [];
  if (/SecretGenerator/.test(text)) return wordsOf(text);
  return splitDocuments(text)
    .filter(chunk => parseChunk(chunk.text).errors.length > 0)
    .flatMap(chunk => wordsOf(chunk.text));
}

function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of text.matchAll(/[^\s,:="'[\]{}]+/g)) {
    if (words.size >= MAX_SUSPECTS) break;
    words.add(word);
  }
  return [...words];
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
