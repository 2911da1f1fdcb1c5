import {
  nameProblem,
  type EnvironmentCopy,
  type Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { isWithin } from '../git';
import type { EnvironmentModel, RepoModel } from '../status/types';
import type { CopyTo } from './types';

/** What makes a namespace: an RFC 1123 label. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Finds where a copy goes, or why it cannot go there: `copySameEnvironment`, `copyNameInvalid`, `copyNameTaken`, `copyNoLayout`,
 * `copyInsideSource`, `copyTargetExists` (it was to be a new one), `copyTargetIncomplete` (a new one needs targets).
 */
export function checkTarget(
  { source: from, target }: EnvironmentCopy,
  source: EnvironmentModel,
  model: RepoModel,
): { to: CopyTo; problem?: Reason } {
  const { name } = target;
  const present = model.environments.find(one => one.name === name);
  const to: CopyTo = present
    ? { ...present, present }
    : { ...target, targets: target.targets ?? [] };
  const because = (code: string, params: Record<string, string> = {}) => ({
    to,
    problem: { code, params },
  });
  if (name === from) return because('copySameEnvironment');
  if (present) {
    return target.targets?.length
      ? because('copyTargetExists', { name })
      : { to };
  }
  if (nameProblem(name)) return because('copyNameInvalid', { name });
  const folded = name.normalize('NFKC').toLowerCase();
  const alike = model.environments.find(
    one => one.name.normalize('NFKC').toLowerCase() === folded,
  );
  if (alike) return because('copyNameTaken', { name: alike.name });
  const path = model.layout.environmentPath(name);
  if (path === undefined) return because('copyNoLayout', { name });
  if (isWithin(path, source.path) && path !== source.path) {
    return because('copyInsideSource', { path });
  }
  const complete =
    to.targets.length > 0 &&
    to.targets.every(({ namespace }) => LABEL.test(namespace));
  return complete ? { to } : because('copyTargetIncomplete');
}
