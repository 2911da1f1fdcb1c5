import {
  CONFIG_REPO_FILE,
  ENVIRONMENTS_DIRECTORY,
  type ModuleRef,
} from '@slipway/backstage-plugin-slipway-common';
import type { RepoModel } from '../status/types';

/** What a path of a config repo is part of. */
export type Place =
  | { type: 'module'; environment: string; module: string }
  /** Built on by modules without being in one: a Kustomize base, a chart. */
  | { type: 'shared'; touches: ModuleRef[] }
  /** Below `.slipway/`; about one environment or about the config repo. */
  | { type: 'metadata'; environment?: string }
  | { type: 'other' };

const METADATA = CONFIG_REPO_FILE.slice(0, CONFIG_REPO_FILE.indexOf('/') + 1);

/**
 * Finds what a file or directory is part of.
 *
 * @param sharedBy - modules that build on the path, for what no layout claims
 */
export function placeOf(
  model: RepoModel,
  path: string,
  sharedBy: (path: string) => ModuleRef[] = () => [],
): Place {
  if (`${path}/`.startsWith(METADATA)) return metadata(path);
  const claim = model.layout.claim(path) ?? model.layout.match(path);
  if (claim) {
    const { environment, module } = claim;
    return { type: 'module', environment, module };
  }
  const touches = sharedBy(path);
  return touches.length > 0 ? { type: 'shared', touches } : { type: 'other' };
}

function metadata(path: string): Place {
  const file = path.startsWith(`${ENVIRONMENTS_DIRECTORY}/`)
    ? path.slice(ENVIRONMENTS_DIRECTORY.length + 1)
    : '';
  const environment = /^([^/]+)\.ya?ml$/.exec(file)?.[1];
  return { type: 'metadata', environment };
}
