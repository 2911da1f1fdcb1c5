import {
  type CopyEngineManifestOptions,
  renameForCopy,
} from '@slipway/backstage-plugin-slipway-node';
import type { Document } from 'yaml';

const HYDRATOR = ['spec', 'sourceHydrator'];
const BRANCHES = [
  [...HYDRATOR, 'syncSource', 'targetBranch'],
  [...HYDRATOR, 'hydrateTo', 'targetBranch'],
];
const PATH = [...HYDRATOR, 'syncSource', 'path'];

/**
 * Gives a copy branches of its own to be hydrated into, where their names have the environment's in them (`env/prod-1`).
 *
 * @param before - path that the original is hydrated into
 * @returns the branch, where both would be hydrated into the same folder of it, which Argo CD refuses to either
 */
export function moveHydration(
  document: Document,
  { from, to }: Pick<CopyEngineManifestOptions, 'from' | 'to'>,
  before: unknown,
): string | undefined {
  let shared: string | undefined;
  for (const path of BRANCHES) {
    const branch = document.getIn(path);
    if (typeof branch === 'string') {
      const renamed = branch
        .split('/')
        .map(part => renameForCopy(part, from, to) ?? part)
        .join('/');
      document.setIn(path, renamed);
      // The one that is staged into, where there is one, comes last.
      shared = renamed === branch ? branch : undefined;
    }
  }
  return document.getIn(PATH) === before ? shared : undefined;
}

/** Where in its branch an Application is hydrated into. */
export function hydratedPath(document: Document): unknown {
  return document.getIn(PATH);
}
