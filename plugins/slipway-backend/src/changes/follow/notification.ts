import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { FollowedChange, FollowedTarget } from './types';

const LISTED_TARGETS = 5;

const HEADLINES: Partial<Record<FollowedChange['state'], string>> = {
  Live: 'is live',
  Degraded: 'is degraded',
  TimedOut: 'did not become live in time',
  Failed: 'failed',
};

/**
 * Tells the person who asked for a change how it ended. Nothing in it comes from files or engines: their words may hold secrets, and
 * the change's page shows them to whoever may read them.
 *
 * @returns nothing when it is not known whom to tell
 */
export function changeNotification(
  configRepo: string,
  change: FollowedChange,
): NotificationSendOptions | undefined {
  const { id, title, state, authorRef } = change;
  const headline = HEADLINES[state];
  if (authorRef === '' || headline === undefined) return undefined;
  return {
    recipients: { type: 'entity', entityRef: authorRef },
    payload: {
      title: `Change ${id} ${headline}: ${title}`,
      description: describe(configRepo, change),
      link: `/slipway/changes/${id}`,
      severity: state === 'Live' ? 'normal' : 'high',
      topic: 'slipway.change',
      scope: `slipway:change:${id}`,
    },
  };
}

function describe(configRepo: string, change: FollowedChange): string {
  const { state, targets } = change;
  if (state === 'Failed') {
    return `Config repo ${configRepo}. Nothing is in the branch; the change's page says why.`;
  }
  const concerned = targets.filter(one => one.state === state);
  const listed = concerned.slice(0, LISTED_TARGETS).map(nameOf);
  const more = concerned.length - listed.length;
  const names = [...listed, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `Config repo ${configRepo}.${names ? ` ${names}.` : ''}`;
}

function nameOf(target: FollowedTarget): string {
  const { environment, module, cluster, namespace } = target;
  return `${environment}/${module} on ${cluster}/${namespace}`;
}
