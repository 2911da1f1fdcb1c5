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
 * @public
 */
export const COPY_RULES_DIRECTORY = `${SLIPWAY_DIRECTORY}/copyRules`;

const KINDS: Array<[directory: string, kind: SlipwayFileKind]> = [
  [ENVIRONMENTS_DIRECTORY, 'Environment'],
  [COPY_RULES_DIRECTORY, 'CopyRules'],
];

/**
 * What a file of a config repo describes, by its path; `undefined` when it is no file of Slipway's.
 *
 * @returns `name` is that of the environment, or of the rules, that the file is about, whether or not it can be read
 * @public
 */
export function slipwayFileAt(
  path: string,
): { kind: SlipwayFileKind; name?: string } | undefined {
  if (path === CONFIG_REPO_FILE) return { kind: 'ConfigRepo' };
  for (const [directory, kind] of KINDS) {
    if (!path.startsWith(`${directory}/`)) continue;
    const file = path.slice(directory.length + 1);
    if (file.includes('/') || !file.endsWith('.yaml')) return undefined;
    return { kind, name: file.slice(0, -'.yaml'.length) };
  }
  return undefined;
}

/**
 * The inverse of {@link slipwayFileAt} for an environment.
 *
 * @public
 */
export function environmentFilePath(environment: string): string {
  return `${ENVIRONMENTS_DIRECTORY}/${environment}.yaml`;
}

/**
 * The inverse of {@link slipwayFileAt} for rewrite rules that are saved under a name.
 *
 * @public
 */
export function copyRulesFilePath(name: string): string {
  return `${COPY_RULES_DIRECTORY}/${name}.yaml`;
}
