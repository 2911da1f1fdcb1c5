import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { directoryOf, kustomizationPaths } from './kustomizationPath';
import { referencesOf, type KustomizeReference } from './referencesOf';

type Exists = (path: string) => 'file' | 'directory' | undefined;

/**
 * Whether everything that a Kustomization names is there, as Kustomize will look for it. Errors: `referenceMissing`,
 * `referenceOutOfRepo`, `referenceNotFile`, `referenceNotDirectory`, `referenceNoKustomization`, `referenceCycle`. Warnings:
 * `referenceOutside` (a file outside the Kustomization's directory, which Kustomize reads only when told to). Infos:
 * `referenceRemote`. Each has `reference` and `field`.
 *
 * @param options - `exists`: what there will be at a path of the repository; '' is its root
 * @public
 */
export function checkReferences(options: {
  path: string;
  text: string;
  exists: Exists;
}): Finding[] {
  const { path, text, exists } = options;
  const directory = directoryOf(path);
  return referencesOf(path, text).flatMap(named => {
    const problem = problemOf(named, directory, exists);
    if (!problem) return [];
    const { field, line, column } = named;
    const reference = named.reference.slice(0, 200);
    const [code, severity = 'error'] = problem;
    const params = { reference, field };
    return [{ severity, code, params, file: path, line, column }];
  });
}

function problemOf(
  named: KustomizeReference,
  directory: string,
  exists: Exists,
): [code: string, severity?: Finding['severity']] | undefined {
  const { path, target, remote } = named;
  if (remote) return ['referenceRemote', 'info'];
  if (path === undefined) return ['referenceOutOfRepo'];
  const there = path === '' ? 'directory' : exists(path);
  if (!there) return ['referenceMissing'];
  if (there === 'file') {
    if (target === 'directory') return ['referenceNotDirectory'];
    const inside = directory === '' || path.startsWith(`${directory}/`);
    return inside ? undefined : ['referenceOutside', 'warning'];
  }
  if (target === 'file') return ['referenceNotFile'];
  // Kustomize refuses what contains the directory that it came from.
  const around = path === '' || path === directory;
  if (around || directory.startsWith(`${path}/`)) return ['referenceCycle'];
  const described = kustomizationPaths(path).some(
    file => exists(file) === 'file',
  );
  return described ? undefined : ['referenceNoKustomization'];
}
