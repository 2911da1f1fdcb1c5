import {
  HealthCode,
  KubernetesObject,
  OperationPhase,
  SyncPhase,
} from './types';

const PREFIX = 'argocd.argoproj.io';
const PHASES: string[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

function annotation(object: KubernetesObject, name: string): string[] {
  return (object.metadata.annotations?.[`${PREFIX}/${name}`] ?? '')
    .split(',')
    .map(value => value.trim())
    .filter(Boolean);
}

/** The phases that a hook runs in; empty for an ordinary object. */
export function hookPhases(object: KubernetesObject): SyncPhase[] {
  return annotation(object, 'hook').filter(value =>
    PHASES.includes(value),
  ) as SyncPhase[];
}

/** An object that Argo CD is told to leave out. */
export function isSkipped(object: KubernetesObject): boolean {
  return annotation(object, 'hook').includes('Skip');
}

/** When a hook is deleted; before it is made again unless told. */
export function hookDeletePolicies(object: KubernetesObject): string[] {
  const policies = annotation(object, 'hook-delete-policy');
  return policies.length > 0 ? policies : ['BeforeHookCreation'];
}

/** Objects of a phase are applied wave by wave, lowest first. */
export function syncWave(object: KubernetesObject): number {
  return Number(annotation(object, 'sync-wave')[0]) || 0;
}

/** The outcome of a hook, by the health of its object; kinds without health are done at once. */
export function hookOutcome(health: HealthCode | undefined): OperationPhase {
  switch (health) {
    case undefined:
    case 'Healthy':
      return 'Succeeded';
    case 'Degraded':
      return 'Failed';
    default:
      return 'Running';
  }
}
