import { LAST_APPLIED_ANNOTATION } from './comparison';
import { findLive, planChange } from './compareApplication';
import { healthOf } from './health';
import { hookDeletePolicies, hookOutcome } from './hooks';
import { LiveCluster } from './LiveCluster';
import { SyncTask } from './syncTasks';
import { groupOf } from './tracking';
import { KubernetesObject, OperationPhase, ResourceResult } from './types';

/** Options of {@link runSync}. */
export interface RunSyncOptions {
  steps: SyncTask[][];
  live: LiveCluster;
  prune: boolean;
  /** Called whenever there is something new to show. */
  onProgress: (message: string, resources: ResourceResult[]) => Promise<void>;
  /** Stops waiting; the operation then ends as Failed. */
  isTerminated: () => boolean;
  signal: AbortSignal;
}

/** How a sync ended. */
export interface SyncOutcome {
  phase: OperationPhase;
  message: string;
  resources: ResourceResult[];
}

const POLL_MILLISECONDS = 25;

function identify({ object }: SyncTask): string {
  const group = groupOf(object.apiVersion);
  return `${group ? `${group}/` : ''}${object.kind}/${object.metadata.name}`;
}

/** Takes the steps of a sync one after the other, each after the one before is healthy. */
export async function runSync(options: RunSyncOptions): Promise<SyncOutcome> {
  const { live, prune, onProgress, isTerminated, signal } = options;
  const steps = options.steps.filter(step => step[0].phase !== 'SyncFail');
  const onFailure = options.steps.filter(step => step[0].phase === 'SyncFail');
  const results: ResourceResult[] = [];
  let isLastWaited = false;

  for (const [index, step] of steps.entries()) {
    for (const task of step) {
      await applyTask(task, live, prune);
      results.push(task.result);
    }
    const refused = step.filter(task => task.result.status === 'SyncFailed');
    if (refused.length > 0) {
      return fail(
        `one or more objects failed to apply, reason: ${refused
          .map(task => task.result.message)
          .join(',')}`,
      );
    }
    const isLast = index === steps.length - 1;
    const waiting = step.filter(
      task => task.kind === 'hook' || (!isLast && task.kind === 'apply'),
    );
    isLastWaited = isLast && waiting.length > 0;
    let pending = await settle(waiting, live);
    let shown = '';
    while (pending.length > 0) {
      const message = `waiting for ${
        pending[0].kind === 'hook' ? 'completion of hook' : 'healthy state of'
      } ${identify(pending[0])}${
        pending.length > 1 ? ` and ${pending.length - 1} more` : ''
      }`;
      if (message !== shown) {
        shown = message;
        await onProgress(message, results);
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS));
      if (signal.aborted || isTerminated()) {
        return {
          phase: 'Failed',
          message: 'Operation terminated',
          resources: results,
        };
      }
      pending = await settle(waiting, live);
    }
    if (waiting.some(task => task.result.hookPhase === 'Failed')) {
      // Which one, and why, its row says.
      return fail('one or more synchronization tasks completed unsuccessfully');
    }
  }
  return {
    phase: 'Succeeded',
    message: isLastWaited
      ? 'successfully synced (no more tasks)'
      : 'successfully synced (all tasks run)',
    resources: results,
  };

  async function fail(message: string): Promise<SyncOutcome> {
    for (const task of onFailure.flat()) {
      await applyTask(task, live, prune);
      results.push(task.result);
      while ((await settle([task], live)).length > 0 && !signal.aborted) {
        await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS));
      }
    }
    return { phase: 'Failed', message, resources: results };
  }
}

/** Records what became of tasks; returns those that are still on their way. */
async function settle(
  tasks: SyncTask[],
  live: LiveCluster,
): Promise<SyncTask[]> {
  const pending: SyncTask[] = [];
  for (const task of tasks) {
    if (task.result.hookPhase !== 'Running') {
      continue;
    }
    const current = await findLive(live, task.object);
    const phase = current ? hookOutcome(healthOf(current)) : 'Running';
    if (phase === 'Running') {
      pending.push(task);
      continue;
    }
    task.result.hookPhase = phase;
    if (task.kind === 'hook' && current) {
      task.result.message = outcomeMessage(current) ?? task.result.message;
      const policies = hookDeletePolicies(task.object);
      if (
        policies.includes(phase === 'Failed' ? 'HookFailed' : 'HookSucceeded')
      ) {
        await live.delete(current);
      }
    }
  }
  return pending;
}

/** What a finished Job says of itself. */
function outcomeMessage(object: KubernetesObject): string | undefined {
  const { conditions = [] } = (object.status ?? {}) as {
    conditions?: Array<{ type: string; status: string; message?: string }>;
  };
  return conditions.find(
    ({ type, status, message }) =>
      /^(Complete|Failed)$/.test(type) && status === 'True' && message,
  )?.message;
}

async function applyTask(
  task: SyncTask,
  live: LiveCluster,
  prune: boolean,
): Promise<void> {
  const { object, result } = task;
  try {
    if (task.kind === 'prune') {
      if (prune) {
        await live.delete(object);
      }
      result.status = prune ? 'Pruned' : 'PruneSkipped';
      result.message = prune ? 'pruned' : 'ignored (requires pruning)';
      result.hookPhase = 'Succeeded';
      return;
    }
    let current = await findLive(live, object);
    if (
      task.kind === 'hook' &&
      current &&
      hookDeletePolicies(object).includes('BeforeHookCreation')
    ) {
      await live.delete(current);
      current = undefined;
    }
    result.message = `${describe(object)} ${await apply(
      object,
      current,
      live,
      task.kind === 'apply',
    )}`;
    result.status = 'Synced';
    result.hookPhase = 'Running';
  } catch (error) {
    result.status = 'SyncFailed';
    result.hookPhase = 'Failed';
    result.message = explain(error as Error, object);
  }
}

function explain(
  error: Error,
  { apiVersion, kind, metadata }: KubernetesObject,
) {
  return error.message.startsWith('no matches for kind')
    ? `The Kubernetes API could not find ${groupOf(
        apiVersion,
      )}/${kind} for requested resource ${metadata.namespace ?? ''}/${
        metadata.name
      }. Make sure the "${kind}" CRD is installed on the destination cluster.`
    : error.message;
}

/** `configmap/redis`, `deployment.apps/api`, as kubectl names things. */
function describe({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group ? `.${group}` : ''}/${metadata.name}`;
}

async function apply(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
  live: LiveCluster,
  isTracked: boolean,
): Promise<'created' | 'configured' | 'unchanged'> {
  const patch = current && planChange(current, object);
  if (current && !patch) {
    return 'unchanged';
  }
  const annotations = isTracked
    ? {
        ...object.metadata.annotations,
        [LAST_APPLIED_ANNOTATION]: `${JSON.stringify(object)}\n`,
      }
    : object.metadata.annotations;
  if (!current) {
    await live.create({
      ...object,
      metadata: { ...object.metadata, ...(annotations && { annotations }) },
    });
    return 'created';
  }
  const metadata = (patch!.metadata ?? {}) as Record<string, unknown>;
  await live.mergePatch(current, {
    ...patch,
    metadata: {
      ...metadata,
      annotations: { ...annotations, ...(metadata.annotations as object) },
    },
  });
  return 'configured';
}
