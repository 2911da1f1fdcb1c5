import { isDeepStrictEqual } from 'util';
import { describeRevisions, describeSources } from './applicationStatus';
import { Comparison } from './compareApplication';
import { Application, Operation, sourcesOf } from './types';

/** What automation does about an Application. */
export type AutomaticSync =
  | { decision: 'nothing' }
  | { decision: 'sync'; operation: Operation }
  /** Look again later: self-healing waits a little after each operation. */
  | { decision: 'wait'; milliseconds: number }
  /** Automation gave up; the message is for a `SyncError` condition. */
  | { decision: 'refuse'; message: string };

/** Options of {@link planAutomaticSync}. */
export interface PlanAutomaticSyncOptions {
  application: Application;
  comparison: Comparison;
  now: Date;
  /** How long after an operation drift is left alone. */
  selfHealMilliseconds: number;
}

/**
 * Decides by Argo CD's rules whether automation starts a sync: once per
 * revision and sources, again only to heal drift, never after a failure.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automated-sync-semantics
 */
export function planAutomaticSync({
  application,
  comparison,
  now,
  selfHealMilliseconds,
}: PlanAutomaticSyncOptions): AutomaticSync {
  const { syncPolicy } = application.spec;
  const automated = syncPolicy?.automated;
  if (
    !automated ||
    automated.enabled === false ||
    comparison.sync !== 'OutOfSync'
  ) {
    return { decision: 'nothing' };
  }
  const outOfSync = comparison.resources.filter(
    resource => !resource.hook && resource.status === 'OutOfSync',
  );
  if (!automated.prune && outOfSync.every(item => item.requiresPruning)) {
    return { decision: 'nothing' };
  }
  const ordinary = comparison.resources.filter(resource => !resource.hook);
  if (
    automated.prune &&
    !automated.allowEmpty &&
    ordinary.every(item => item.requiresPruning)
  ) {
    return {
      decision: 'refuse',
      message: `Skipping sync attempt to [${comparison.revisions.join(
        ' ',
      )}]: auto-sync will wipe out all resources`,
    };
  }
  const sources = describeSources(application, sourcesOf(application.spec));
  const revisions = describeRevisions(application, comparison.revisions);
  const operation: Operation = {
    initiatedBy: { automated: true },
    retry: { limit: syncPolicy.retry?.limit ?? 5 },
    sync: {
      ...(automated.prune && { prune: true }),
      ...revisions,
      ...sources,
      ...(syncPolicy.syncOptions && { syncOptions: syncPolicy.syncOptions }),
    },
  };

  const last = application.status?.operationState;
  const {
    revision,
    revisions: lastRevisions,
    source,
    sources: lastSources,
  } = last?.syncResult ?? {};
  const isAttempted =
    last?.syncResult &&
    isDeepStrictEqual(
      lastRevisions ?? revision,
      revisions.revisions ?? revisions.revision,
    ) &&
    isDeepStrictEqual(lastSources ?? source, sources.sources ?? sources.source);
  if (!isAttempted) {
    return { decision: 'sync', operation };
  }
  if (last.phase !== 'Succeeded') {
    return {
      decision: 'refuse',
      message: `Failed last sync attempt to [${comparison.revisions.join(
        ' ',
      )}]: ${last.message}`,
    };
  }
  if (!automated.selfHeal) {
    return { decision: 'nothing' };
  }
  const left =
    Date.parse(last.finishedAt ?? last.startedAt) +
    selfHealMilliseconds -
    now.getTime();
  if (left > 0) {
    return { decision: 'wait', milliseconds: left };
  }
  operation.sync!.autoHealAttemptsCount =
    (last.operation.sync?.autoHealAttemptsCount ?? 0) + 1;
  operation.sync!.resources = outOfSync.map(
    ({ group, kind, name, namespace }) => ({
      ...(group && { group }),
      kind,
      name,
      ...(namespace && { namespace }),
    }),
  );
  return { decision: 'sync', operation };
}
