import {
  describeRevisions,
  describeSources,
  formatTime,
} from './applicationStatus';
import { findLive } from './compareApplication';
import { GitSource } from './GitSource';
import { hookPhases } from './hooks';
import { LiveCluster } from './LiveCluster';
import { runSync, SyncOutcome } from './SyncRun';
import { planSyncTasks, SyncTask } from './syncTasks';
import { loadTargetState, TargetState } from './targetState';
import { objectKey } from './tracking';
import {
  Application,
  ApplicationSource,
  HistoryEntry,
  Operation,
  OperationState,
  ResourceResult,
  sourcesOf,
} from './types';

/** Options of {@link ApplicationOperation.create}. */
export interface ApplicationOperationOptions {
  application: Application;
  operation: Operation;
  git: GitSource;
  live: () => Promise<LiveCluster>;
  /** The Application as it is now. */
  read: () => Application | undefined;
  write: (patch: object) => Promise<Application>;
  now: () => Date;
  retryMilliseconds: number;
}

const KEPT_HISTORY = 10;
const LONGEST_RETRY_MILLISECONDS = 180_000;

/** One sync of one Application, from its first `Running` to its last word, retries included. */
export class ApplicationOperation {
  /** Settles when the operation has ended; never rejects. */
  readonly done: Promise<void>;
  readonly #options: ApplicationOperationOptions;
  readonly #stopping = new AbortController();
  readonly #sources: ApplicationSource[];
  readonly #startedAt: string;
  #revisions: string[] = [];
  #retryCount = 0;

  static create(options: ApplicationOperationOptions): ApplicationOperation {
    return new ApplicationOperation(options);
  }

  private constructor(options: ApplicationOperationOptions) {
    const { application, operation, now } = options;
    this.#options = options;
    this.#startedAt = formatTime(now());
    const { source, sources } = operation.sync ?? {};
    const asked = sources?.length ? sources : source && [source];
    this.#sources = asked ?? sourcesOf(application.spec);
    this.done = this.#run().catch(() => {
      // Its cluster is away: the state stays Running and is taken up again.
    });
  }

  /** Ends it where it is; it is begun again by the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.done;
  }

  async #run(): Promise<void> {
    const { operation } = this.#options;
    await this.#write('Running', 'waiting to start', undefined, {
      operation: null,
    });
    const limit = operation.retry?.limit ?? 0;
    let outcome = await this.#attempt();
    while (
      outcome.phase === 'Failed' &&
      outcome.message !== 'Operation terminated' &&
      (limit < 0 || this.#retryCount < limit)
    ) {
      const pause = Math.min(
        this.#options.retryMilliseconds * 2 ** this.#retryCount,
        LONGEST_RETRY_MILLISECONDS,
      );
      this.#retryCount++;
      const at = new Date(this.#options.now().getTime() + pause);
      await this.#write(
        'Running',
        `${outcome.message}. Retrying attempt #${
          this.#retryCount
        } at ${at.toLocaleTimeString('en-US', {
          hour: 'numeric',
          minute: '2-digit',
        })}.`,
        outcome.resources,
      );
      if (!(await this.#sleep(pause))) {
        break;
      }
      await this.#write(
        'Running',
        `Retrying operation. Attempt #${this.#retryCount}`,
        undefined,
        // What became of the last attempt is gone.
        { status: { operationState: { syncResult: null } } },
      );
      outcome = await this.#attempt();
    }
    if (this.#stopping.signal.aborted) {
      return;
    }
    const finishedAt = formatTime(this.#options.now());
    const isComplete =
      outcome.phase === 'Succeeded' &&
      !operation.sync?.dryRun &&
      !operation.sync?.resources?.length;
    const message =
      outcome.phase === 'Failed' && this.#retryCount > 0
        ? `${outcome.message} (retried ${this.#retryCount} times).`
        : outcome.message;
    await this.#write(outcome.phase, message, outcome.resources, {
      status: {
        operationState: { finishedAt },
        ...(isComplete && { history: this.#history(finishedAt) }),
      },
    });
  }

  async #attempt(): Promise<SyncOutcome> {
    const { application, operation, git } = this.#options;
    const sync = operation.sync ?? {};
    let target: TargetState;
    let live: LiveCluster;
    try {
      live = await this.#options.live();
      target = await loadTargetState({
        application,
        sources: this.#sources,
        revisions:
          sync.revisions ?? (sync.revision ? [sync.revision] : undefined),
        git,
        live,
      });
    } catch (error) {
      return {
        phase: 'Error',
        message: (error as Error).message,
        resources: [],
      };
    }
    this.#revisions = target.revisions;
    if (sync.dryRun) {
      return {
        phase: 'Succeeded',
        message: 'successfully synced (dry run)',
        resources: [],
      };
    }
    try {
      await live.connect();
      return await runSync({
        steps: await this.#plan(target, live),
        live,
        prune: sync.prune ?? false,
        onProgress: async (message, resources) => {
          await this.#write('Running', message, resources);
        },
        isTerminated: () =>
          this.#options.read()?.status?.operationState?.phase === 'Terminating',
        signal: this.#stopping.signal,
      });
    } catch (error) {
      return {
        phase: 'Failed',
        message: (error as Error).message,
        resources: [],
      };
    }
  }

  async #plan(target: TargetState, live: LiveCluster): Promise<SyncTask[][]> {
    const { application, operation, now } = this.#options;
    const { namespace } = application.spec.destination;
    const options =
      operation.sync?.syncOptions ?? application.spec.syncPolicy?.syncOptions;
    const isMissing =
      namespace &&
      options?.includes('CreateNamespace=true') &&
      !(await findLive(live, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      }));
    const declared = new Set(target.objects.map(objectKey));
    return planSyncTasks({
      objects: target.objects,
      extra: live
        .ownedBy(application.metadata.name)
        .filter(
          object =>
            !declared.has(objectKey(object)) && !hookPhases(object).length,
        ),
      namespace: isMissing ? namespace : undefined,
      resources: operation.sync?.resources,
      revision: target.revisions[0],
      now: now(),
    });
  }

  #history(deployedAt: string): HistoryEntry[] {
    const { application, operation, read } = this.#options;
    const history = (read() ?? application).status?.history ?? [];
    return [
      ...history,
      {
        deployStartedAt: this.#startedAt,
        deployedAt,
        id: (history.at(-1)?.id ?? -1) + 1,
        initiatedBy: operation.initiatedBy ?? {},
        ...describeRevisions(application, this.#revisions),
        ...describeSources(application, this.#sources),
      },
    ].slice(-KEPT_HISTORY);
  }

  async #write(
    phase: OperationState['phase'],
    message: string,
    resources: ResourceResult[] | undefined,
    more: { operation?: null; status?: object } = {},
  ): Promise<void> {
    const { application, operation, write, read } = this.#options;
    const isFirst = more.operation === null;
    const state: Record<string, unknown> = {
      message,
      operation,
      phase,
      startedAt: this.#startedAt,
      ...(this.#retryCount > 0 && { retryCount: this.#retryCount }),
      syncResult: {
        ...(resources?.length && { resources }),
        ...describeRevisions(application, this.#revisions),
        ...describeSources(application, this.#sources),
      },
    };
    // A merge patch keeps what it does not name: clear what an earlier operation left.
    const previous = read()?.status?.operationState;
    if (isFirst) {
      delete state.syncResult;
      state.operation = replaceWith(previous?.operation, operation);
      for (const key of ['finishedAt', 'retryCount', 'syncResult'] as const) {
        if (previous?.[key] !== undefined) {
          state[key] = null;
        }
      }
    }
    const { operationState, ...status } = (more.status ?? {}) as {
      operationState?: object;
    };
    await write({
      ...(isFirst && { operation: null }),
      status: { operationState: { ...state, ...operationState }, ...status },
    });
  }

  /** False when it was told to stop or terminated meanwhile. */
  async #sleep(milliseconds: number): Promise<boolean> {
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      if (
        this.#stopping.signal.aborted ||
        this.#options.read()?.status?.operationState?.phase === 'Terminating'
      ) {
        return false;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return true;
  }
}

/** A merge patch value that leaves nothing of the value before it. */
function replaceWith(previous: object | undefined, next: object): object {
  const removed = Object.keys(previous ?? {}).filter(key => !(key in next));
  return {
    ...Object.fromEntries(removed.map(key => [key, null])),
    ...Object.fromEntries(
      Object.entries(next).map(([key, value]) => {
        const before = (previous as Record<string, unknown> | undefined)?.[key];
        return typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          typeof before === 'object' &&
          before !== null
          ? [key, replaceWith(before, value)]
          : [key, value];
      }),
    ),
  };
}
