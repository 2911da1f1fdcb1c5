import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { ConfigRepoReader } from '../../configRepos/ConfigRepoReader';
import type { ConfigRepoConfig } from '../../configRepos/types';
import {
  engineObjectId,
  repoKey,
  type EngineObjectStore,
} from '../../engineObjects';
import { LeaseLostError, type HeldLease } from '../../leases';
import type { ModuleOperator } from '../../modules/ModuleOperator';
import { moduleId } from '../../status/rows';
import { CommitRelations } from './CommitRelations';
import { EngineWaker } from './EngineWaker';
import { EndNotifier } from './EndNotifier';
import { ExternalChanges } from './external/ExternalChanges';
import { FollowStore } from './FollowStore';
import { foldTargets } from './foldTargets';
import { gatherEvidence, type FollowContext } from './gatherEvidence';
import { judgeTarget, timedOut } from './judgeTarget';
import { readModules } from './readModules';
import { Settling } from './Settling';
import type { FollowedChange, FollowedTarget, TargetVerdict } from './types';

const RETRY_MILLISECONDS = 5_000;
/** Longer than any wait that matters; timers take no more than 24 days. */
const LONGEST_WAIT = 3_600_000;
/** Between looks: a large change in a flood of events would otherwise be looked at with each of them. */
const REST_MILLISECONDS = 250;

export interface FollowerOptions {
  knex: Knex;
  reader: Pick<ConfigRepoReader, 'current'>;
  /** The branch head as the read model has it. */
  readHead: (configRepo: string) => Promise<string | undefined>;
  engineObjects: Pick<EngineObjectStore, 'byIds'>;
  operator: Pick<ModuleOperator, 'operate'>;
  /** Absent where nobody can be told. */
  notify?: (notification: NotificationSendOptions) => Promise<void>;
  /** Called after each write that pages show. */
  onWritten: () => void;
  timeoutMinutes: number;
  settleMilliseconds: number;
  now: () => Date;
  logger: LoggerService;
}

/** Follows the changes of one config repo, while this process holds the lease to do so. */
export class ConfigRepoFollower {
  readonly #options: FollowerOptions;
  readonly #config: ConfigRepoConfig;
  readonly #signal: AbortSignal;
  readonly #store: FollowStore;
  readonly #external: ExternalChanges;
  readonly #waker: EngineWaker;
  readonly #notifier: EndNotifier;
  readonly #settling: Settling;
  #relations: CommitRelations | undefined;
  #woken = true;
  #wake: () => void = () => {};

  constructor(
    config: ConfigRepoConfig,
    lease: HeldLease,
    options: FollowerOptions,
  ) {
    const { knex, now, logger } = options;
    this.#options = options;
    this.#config = config;
    this.#signal = lease.signal;
    const store = { knex, configRepo: config.name, lease, now };
    this.#store = new FollowStore(store);
    const { reader } = options;
    this.#external = new ExternalChanges({ ...store, reader, logger });
    this.#waker = new EngineWaker({ operator: options.operator, logger });
    this.#notifier = new EndNotifier({
      configRepo: config.name,
      notify: options.notify,
      logger,
    });
    this.#settling = new Settling(options.settleMilliseconds);
  }

  /** Says that something may be different now. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Ends with the lease. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      let left = RETRY_MILLISECONDS;
      this.#woken = false;
      try {
        left = await this.#pass();
      } catch (error) {
        if (this.#signal.aborted) return;
        if (error instanceof LeaseLostError) throw error;
        this.#options.logger.warn(
          `Changes of config repo '${
            this.#config.name
          }' could not be followed; trying again`,
          error as Error,
        );
      }
      await sleep(REST_MILLISECONDS, undefined, {
        signal: this.#signal,
      }).catch(() => undefined);
      await this.#sleep(left);
    }
  }

  /** @returns milliseconds until the next look, unless something wakes it before */
  async #pass(): Promise<number> {
    const { readHead, onWritten, knex } = this.#options;
    const head = await readHead(this.#config.name);
    const found = head
      ? await this.#external.record(head, this.#signal)
      : { recorded: false };
    if (found.recorded) onWritten();
    const open = await this.#store.open();
    const ended = open.filter(({ state }) => state !== 'Following');
    const told = await this.#notifier.tell(ended);
    if (told.length > 0) await this.#store.markNotified(told);
    const left = told.length < ended.length ? RETRY_MILLISECONDS : LONGEST_WAIT;
    const following = open.filter(isInBranch);
    if (!head || following.length === 0) return left;

    const ids = following.flatMap(({ targets }) =>
      targets.map(({ environment, module }) =>
        moduleId(this.#config.name, environment, module),
      ),
    );
    const modules = await readModules(knex, [...new Set(ids)]);
    const context = await this.#context(head, modules);
    this.#waker.wake(this.#config.name, following, modules);
    const lefts: number[] = [];
    for (const change of following) {
      lefts.push(await this.#follow(context, change));
    }
    return Math.min(left, ...lefts);
  }

  async #context(
    head: string,
    modules: FollowContext['modules'],
  ): Promise<FollowContext> {
    const { reader, engineObjects } = this.#options;
    const { name, url } = this.#config;
    const { git } = await reader.current(name, this.#signal);
    this.#relations ??= new CommitRelations(git);
    const refs = [...modules.values()].flatMap(({ states }) =>
      states.flatMap(state => state.engineObjects.map(engineObjectId)),
    );
    const objects = await engineObjects.byIds([...new Set(refs)]);
    const paths = new Map<number, ReturnType<FollowStore['pathsOf']>>();
    return {
      configRepo: name,
      configRepoKey: repoKey(url),
      head,
      modules,
      engineObjects: new Map(objects.map(({ id, object }) => [id, object])),
      relations: this.#relations,
      pathsOf: change => {
        const known = paths.get(change) ?? this.#store.pathsOf(change);
        paths.set(change, known);
        return known;
      },
      laterChange: (change, target) => this.#store.laterChange(change, target),
    };
  }

  /** @returns milliseconds until the change is to be looked at again */
  async #follow(
    context: FollowContext,
    change: FollowedChange & { commit: string },
  ): Promise<number> {
    const { timeoutMinutes, settleMilliseconds, now, onWritten } =
      this.#options;
    const at = now().getTime();
    const timeLeft = Date.parse(change.since) + timeoutMinutes * 60_000 - at;
    let wait = timeLeft > 0 ? timeLeft : LONGEST_WAIT;
    const verdicts: Array<{ target: FollowedTarget; verdict: TargetVerdict }> =
      [];
    const after: Array<FollowedTarget | TargetVerdict> = [];
    for (const target of change.targets) {
      if (target.ended) {
        after.push(target);
        continue;
      }
      const key = keyOf(change, target);
      const evidence = await gatherEvidence(context, change, target);
      const judged = judgeTarget(evidence, target);
      const settled = this.#settling.settle(key, judged, target, at);
      if (settled.left !== undefined) wait = Math.min(wait, settled.left);
      let { verdict } = settled;
      // What is about to end is given the time to; what goes to and fro is not.
      const grace =
        judged.ended && settled.left !== undefined ? settleMilliseconds : 0;
      if (timeLeft + grace <= 0 && !verdict.ended) {
        verdict = timedOut(judged, timeoutMinutes);
      }
      if (verdict.ended) this.#settling.forget(key);
      after.push(verdict);
      if (differs(target, verdict)) verdicts.push({ target, verdict });
    }
    const end = foldTargets(after);
    if (verdicts.length > 0 || end) {
      await this.#store.save(change.id, verdicts, end);
      onWritten();
    }
    return wait;
  }

  async #sleep(milliseconds: number): Promise<void> {
    if (this.#woken || this.#signal.aborted) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(done, Math.min(milliseconds, LONGEST_WAIT));
      const signal = this.#signal;
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
      this.#wake = done;
    });
  }
}

function isInBranch(
  change: FollowedChange,
): change is FollowedChange & { commit: string } {
  return change.state === 'Following' && change.commit !== undefined;
}

function keyOf({ id }: FollowedChange, target: FollowedTarget): string {
  const { environment, module, cluster, namespace } = target;
  return JSON.stringify([id, environment, module, cluster, namespace]);
}

function differs(target: FollowedTarget, verdict: TargetVerdict): boolean {
  return (
    target.state !== verdict.state ||
    target.ended !== verdict.ended ||
    JSON.stringify(target.reason) !== JSON.stringify(verdict.reason)
  );
}
