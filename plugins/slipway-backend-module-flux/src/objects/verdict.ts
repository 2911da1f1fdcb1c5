import { type Fields, fields } from '@slipway/backstage-plugin-slipway-node';
import { isOutdated, readConditions } from './conditions';

/** How the last reconciliation ended, in the words of the Ready condition and those around it. */
export type Verdict =
  | { state: 'ready'; since?: string }
  | { state: 'failed'; message: string; since?: string }
  /** It failed and is being tried again. */
  | { state: 'retrying'; since?: string }
  /** What is to be delivered could not be built: nothing was compared. */
  | { state: 'blocked'; message: string; since?: string }
  /** For what `dependsOn` names. */
  | { state: 'waiting'; message: string; since?: string }
  | { state: 'running'; message?: string; since?: string }
  | { state: 'unreported' }
  | { state: 'foreign'; value: string };

/** Reasons of a Ready condition that is False because there was nothing to deliver. */
const BLOCKED = [
  'ArtifactFailed',
  'BuildFailed',
  'SourceNotReady',
  'ValuesError',
  'AccessDenied',
  'PathNotFound',
];
/** Reasons of a Ready condition that is False or Unknown in between. */
const UNDER_WAY = ['Progressing', 'HealthCheckCanceled'];

/** How the last attempt at the revision that is wanted now ended; absent while there was none. */
export interface LastEnd {
  succeeded: boolean;
  /** Since when it ends like that; absent where Flux does not keep it. */
  since?: string;
}

/**
 * Flux takes Ready back for a moment whenever it looks again, every few minutes. When the revision is the one that was
 * attempted last, what that attempt came to is still true.
 */
export function readVerdict(object: Fields, last?: LastEnd): Verdict {
  const conditions = readConditions(object);
  const [ready, stalled, healthy] = ['Ready', 'Stalled', 'Healthy'].map(type =>
    conditions.get(type),
  );
  const since = last ? last.since : ready?.since;
  if (!ready?.status) return { state: 'unreported' };
  const words = (ready.message ?? ready.reason) || 'Ready is False';
  const isBlocked = BLOCKED.includes(ready.reason ?? '');
  if (stalled?.status === 'True' && !isBlocked) {
    return {
      state: 'failed',
      message: stalled.message ?? words,
      since: stalled.since,
    };
  }
  // To suspend is a change that is never looked at.
  const isSuspended = fields(object.spec).suspend === true;
  if (isOutdated(object, ready.generation) && !isSuspended) {
    return { state: 'running' };
  }
  const underWay = conditions.get('Reconciling');
  const running = {
    state: 'running',
    message: underWay?.message ?? ready.message,
    since: underWay?.since ?? ready.since,
  } as const;
  switch (ready.status) {
    case 'True':
      return healthy?.status === 'False'
        ? { state: 'failed', message: healthy.message ?? words, since }
        : { state: 'ready', since };
    case 'False':
      if (isBlocked) {
        return { state: 'blocked', message: words, since: ready.since };
      }
      if (ready.reason === 'DependencyNotReady') {
        return { state: 'waiting', message: words, since: ready.since };
      }
      return UNDER_WAY.includes(ready.reason ?? '')
        ? running
        : { state: 'failed', message: words, since };
    case 'Unknown':
      if (!last) return running;
      return { state: last.succeeded ? 'ready' : 'retrying', since };
    default:
      return { state: 'foreign', value: ready.status };
  }
}
