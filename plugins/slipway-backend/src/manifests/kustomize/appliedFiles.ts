import { isKustomization, kustomizationPaths } from './kustomizationPath';
import { referencesOf } from './referencesOf';

/** Fields whose files are objects; the others name patches, values and settings. */
const OBJECTS = new Set(['resources', 'bases', 'components']);

/**
 * The files of a directory that a sync engine applies: what its Kustomization leads to, through as many others as it takes, those
 * outside the directory included; without one, every manifest below the directory.
 *
 * @param options - `textAt`: the text of a file, `undefined` for what is none or is not at hand; `files`: paths below the directory
 * @returns paths, each once
 * @public
 */
export function appliedFiles(options: {
  directory: string;
  files: readonly string[];
  textAt: (path: string) => string | undefined;
}): string[] {
  const { directory, files, textAt } = options;
  const described = (at: string) =>
    kustomizationPaths(at).find(path => textAt(path) !== undefined);
  const start = described(directory);
  if (!start) return files.filter(path => /\.(?:ya?ml|json)$/i.test(path));

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
