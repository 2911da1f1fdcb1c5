import {
  isKustomization,
  kustomizationPaths,
  referencesOf,
} from '../kustomize';
import { sourceFilter, type AppliedSource } from './sourceFilter';

/** Fields whose files are objects; the others name patches, values and settings. */
const OBJECTS = new Set(['resources', 'bases', 'components']);

const MANIFEST = /\.(?:ya?ml|json)$/i;

/**
 * The files that a sync engine applies for a source: what the Kustomization in its directory leads to, through as many others as it
 * takes, those outside the directory included; the templates of a chart; else the manifests that the source reads of the directory.
 *
 * @param options - `textAt`: the text of a file, `undefined` for what is none or is not at hand; `files`: paths below the directory,
 *   as many of them as matter
 * @returns paths, each once
 * @public
 */
export function appliedFiles(options: {
  source: AppliedSource;
  files: readonly string[];
  textAt: (path: string) => string | undefined;
}): string[] {
  const { source, files, textAt } = options;
  const described = (at: string) =>
    kustomizationPaths(at).find(path => textAt(path) !== undefined);
  const start = described(source.path);
  if (!start) {
    const base = source.path ? `${source.path}/` : '';
    const isApplied =
      textAt(`${base}Chart.yaml`) === undefined
        ? sourceFilter(source)
        : (path: string) => path.startsWith(`${base}templates/`);
    return files.filter(path => MANIFEST.test(path) && isApplied(path));
  }

  const applied = new Set<string>();
  const read = new Set([start]);
  // Grows while it is walked.
  for (const path of read) {
    for (const named of referencesOf(path, textAt(path) ?? '')) {
      if (named.path === undefined || !OBJECTS.has(named.field)) continue;
      const next = described(named.path);
      if (next) read.add(next);
      else if (isKustomization(named.path)) continue;
      else if (textAt(named.path) !== undefined) applied.add(named.path);
    }
  }
  return [...applied];
}
