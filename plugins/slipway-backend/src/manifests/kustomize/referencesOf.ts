import { isMap, isScalar, isSeq } from 'yaml';
import { parseChunk, splitDocuments } from '../yaml/documents';
import {
  collectAliases,
  follow,
  getValue,
  textOf,
  valuesOf,
  type AliasTargets,
} from '../yaml/nodes';
import { Positions } from '../yaml/positions';
import { directoryOf, resolvePath } from './kustomizationPath';

/** What may stand at a place. */
export type ReferenceTarget = 'file' | 'directory' | 'any';

/**
 * Something that a Kustomization names.
 *
 * @public
 */
export interface KustomizeReference {
  /** As in `configMapGenerator.files`. */
  field: string;
  /** As it is written. */
  reference: string;
  /** Path in the repository; '' is its root. Absent when it leads out of the repository, and when it is remote. */
  path?: string;
  /** Fetched from elsewhere by whoever renders it. */
  remote: boolean;
  target: ReferenceTarget;
  /** What the file holds becomes values of a Secret. */
  secret: boolean;
  /** From 1. */
  line: number;
  column: number;
}

/** Fields that list paths. */
const LISTS: ReadonlyArray<[string, ReferenceTarget]> = [
  ['resources', 'any'],
  ['bases', 'directory'],
  ['components', 'directory'],
  ['crds', 'file'],
  ['configurations', 'file'],
  ['patchesStrategicMerge', 'file'],
  ['generators', 'any'],
  ['transformers', 'any'],
  ['validators', 'any'],
];
/** Fields whose items, or which themselves, have paths in a field. */
const FIELDS: ReadonlyArray<[string, readonly string[]]> = [
  ['patches', ['path']],
  ['patchesJson6902', ['path']],
  ['replacements', ['path']],
  ['openapi', ['path']],
  ['helmCharts', ['valuesFile', 'additionalValuesFiles']],
  ['configMapGenerator', ['files', 'envs', 'env']],
  ['secretGenerator', ['files', 'envs', 'env']],
];
const REMOTE =
  /^[a-z][a-z0-9+.-]*:\/\/|^git@|^git::|^(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[/:]|[?&](?:ref|version|timeout|submodules)=|\.git(?:[/?]|$)|[^/]\/\/[^/]/i;
/** Things named in one file; what is behind them is not looked at. */
const MAX_REFERENCES = 10_000;
/** Longer than any path; aliases may repeat what is written once without end. */
const MAX_REFERENCE_LENGTH = 4_096;

/**
 * Everything that a Kustomization names, with its place in the file. What stands there in full (an inline patch) is none. A file that
 * cannot be read gives what its other documents say. Never throws.
 *
 * @param path - of the Kustomization, in the repository
 * @public
 */
export function referencesOf(path: string, text: string): KustomizeReference[] {
  const references: KustomizeReference[] = [];
  const directory = directoryOf(path);
  const positions = new Positions(text);
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) continue;
    for (const root of roots) {
      for (const { field, target, node } of named(root, collectAliases(root))) {
        if (references.length >= MAX_REFERENCES) return references;
        const written = textOf(node) ?? '';
        if (written.length > MAX_REFERENCE_LENGTH) continue;
        const reference = field.endsWith('Generator.files')
          ? written.slice(written.indexOf('=') + 1)
          : written;
        if (isInline(reference)) continue;
        const offset = isScalar(node) ? node.range?.[0] ?? 0 : 0;
        const remote = REMOTE.test(reference);
        references.push({
          field,
          reference,
          ...(!remote && { path: resolvePath(directory, reference) }),
          remote,
          target,
          secret: field.startsWith('secretGenerator.'),
          ...positions.at(chunk.start + offset),
        });
      }
    }
  }
  return references;
}

function* named(
  root: unknown,
  targets: AliasTargets,
): Generator<{ field: string; target: ReferenceTarget; node: unknown }> {
  if (!isMap(root)) return;
  const seen = new Set<unknown>();
  /** Each list is read once, whatever number of aliases leads to it. */
  const itemsAt = (map: unknown, key: string): unknown[] => {
    if (!isMap(map)) return [];
    return valuesOf(map, key, targets).flatMap(value => {
      const node = follow(value, targets);
      if (!isSeq(node)) return [node];
      if (seen.has(node)) return [];
      seen.add(node);
      return node.items.map(item => follow(item, targets));
    });
  };
  for (const [field, target] of LISTS) {
    for (const node of itemsAt(root, field)) {
      if (isScalar(node)) yield { field, target, node };
    }
  }
  for (const [list, fields] of FIELDS) {
    for (const item of itemsAt(root, list)) {
      for (const name of fields) {
        for (const node of itemsAt(item, name)) {
          const field = `${list}.${name}`;
          if (isScalar(node)) yield { field, target: 'file', node };
        }
      }
    }
  }
  const generator = getValue(root, 'helmChartInflationGenerator', targets);
  for (const item of isSeq(generator) ? generator.items : []) {
    for (const node of itemsAt(item, 'values')) {
      const field = 'helmChartInflationGenerator.values';
      if (isScalar(node)) yield { field, target: 'file', node };
    }
  }
}

function isInline(reference: string): boolean {
  return reference === '' || /[\r\n]|:\s|^\s*[{[]/.test(reference);
}
