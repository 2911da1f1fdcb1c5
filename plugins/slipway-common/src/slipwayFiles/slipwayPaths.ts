import type { SlipwayFileKind } from './types';

/**
 * The folder of delivery metadata, at the root of a config repo.
 *
 * @public
 */
export const SLIPWAY_DIRECTORY = '.slipway';

/**
 * @public
 */
export const CONFIG_REPO_FILE = `${SLIPWAY_DIRECTORY}/repo.yaml`;

/**
 * @public
 */
export const ENVIRONMENTS_DIRECTORY = `${SLIPWAY_DIRECTORY}/environments`;

/**
 * What a file of a config repo describes, by its path; `undefined` when it is no file of Slipway's.
 *
 * @returns `name` is the environment that the file is about, whether or not it can be read
 * @public
 */
export function slipwayFileAt(
  path: string,
): { kind: SlipwayFileKind; name?: string } | undefined {
  if (path === CONFIG_REPO_FILE) return { kind: 'ConfigRepo' };
  if (!path.startsWith(`${ENVIRONMENTS_DIRECTORY}/`)) return undefined;
  const file = path.slice(ENVIRONMENTS_DIRECTORY.length + 1);
  if (file.includes('/') || !file.endsWith('.yaml')) return undefined;
  return { kind: 'Environment', name: file.slice(0, -'.yaml'.length) };
}

/**
 * The inverse of {@link slipwayFileAt} for an environment.
 *
 * @public
 */
export function environmentFilePath(environment: string): string {
  return `${ENVIRONMENTS_DIRECTORY}/${environment}.yaml`;
}
