import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type {
  ChangePlan,
  ChangeRequest,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type {
  ConfigRepoReader,
  CurrentConfigRepo,
} from '../configRepos/ConfigRepoReader';
import { placeOf } from '../configRepos/placeOf';
import {
  previewCopy,
  readCopyContext,
  type PlannedCopy,
  type ReadCopyContextOptions,
} from '../copy';
import type { EngineObjectStore } from '../engineObjects';
import { answeringForGit, configRepoNotFound } from '../files/errors';
import { FileAccess } from '../files/FileAccess';
import type { Person } from '../git';
import type { EnvironmentAccess, EnvironmentAuthorizer } from '../permissions';
import type { DatabaseChangeStore } from './DatabaseChangeStore';
import type { ChangeExecutor } from './execute/ChangeExecutor';
import { gate } from './gate';
import { grantedFor } from './granted';
import { readGatePermissions } from './readGatePermissions';
import { withTheirCommits } from './plan/withTheirCommits';
import { planChange } from './plan/planChange';
import { readOperations } from './plan/readOperations';
import type { ContentOperation, PlannedChange } from './plan/types';
import type { ModuleStore } from '../modules/types';
import type { ClusterSchemas } from '../schemas';
import { RecentPlans } from './RecentPlans';
import { refusal } from './refusal';
import { reviewPlan } from './reviewPlan';
import type { Granted } from './types';

/** A push takes a second or so; whoever waits longer looks at the change's page. */
const PUSH_WAIT_MILLISECONDS = 15_000;

/** Who asks for a change. */
export interface ChangeCaller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  author: Person & { entityRef: string };
  /** Where they may read files. */
  read: EnvironmentAccess;
  /** Where they may ask for changes. */
  create: EnvironmentAccess;
}

export interface ChangeQuestion {
  configRepo: string;
  request: ChangeRequest;
  caller: ChangeCaller;
  signal?: AbortSignal;
}

export interface ChangeServiceOptions extends ReadCopyContextOptions {
  authorizer: EnvironmentAuthorizer;
  engineObjects: Pick<EngineObjectStore, 'allOfRepo' | 'byIds' | 'managing'>;
  executor: ChangeExecutor;
  knex: Knex;
  modules: Pick<ModuleStore, 'carriersOfAll'>;
  reader: ConfigRepoReader;
  schemas: Pick<ClusterSchemas, 'get'>;
  store: DatabaseChangeStore;
}

interface Judged {
  plan: ChangePlan;
  planned: PlannedChange;
  operations: ContentOperation[];
  undoes?: number;
  copy?: PlannedCopy;
  granted: Granted;
}

/** Plans changes, and has those go that the gate lets through. Every write to a config repo comes by here. */
export class ChangeService {
  readonly #options: ChangeServiceOptions;
  readonly #recent = new RecentPlans<Judged>();

  private constructor(options: ChangeServiceOptions) {
    this.#options = options;
  }

  static create(options: ChangeServiceOptions): ChangeService {
    return new ChangeService(options);
  }

  /**
   * What a change would do, and whether it may go.
   *
   * @throws NotFoundError when there is nothing in the config repo that the caller may read; InputError for a base that the file
   *   never was
   */
  async plan(question: ChangeQuestion): Promise<ChangePlan> {
    const judged = await this.#judge(question, { diffs: true });
    this.#recent.keep(question, judged);
    return judged.plan;
  }

  /**
   * Has a change go, and waits for its push, at most 15 s.
   *
   * @returns the change's number
   * @throws NotAllowedError when a right is missing; ConflictError when someone else changed a file meanwhile; InputError when
   *   something is wrong with the change itself
   */
  async create(question: ChangeQuestion): Promise<number> {
    const { store, executor } = this.#options;
    const { configRepo, request, caller } = question;
    const { author } = caller;
    const { idempotencyKey } = request;
    const message = request.message?.trim();
    if (!message) {
      throw new InputError(`'message' is needed: say what the change does`);
    }
    const known =
      idempotencyKey === undefined
        ? undefined
        : await store.findByKey(configRepo, author.entityRef, idempotencyKey);
    if (known) {
      await executor.ended(known, PUSH_WAIT_MILLISECONDS);
      return known.id;
    }
    if (request.kind === 'rollback' && !request.reason?.trim()) {
      throw new InputError(`'reason' is needed: say why it is rolled back`);
    }
    const { plan, planned, operations, undoes, copy, granted } =
      await this.#judge(question, { diffs: false });
    if (request.digest !== undefined && request.digest !== plan.digest) {
      throw new ConflictError(
        'The plan is another one by now: plan the change again, and look at what differs',
      );
    }
    if (!plan.gate.allowed) throw refusal(plan.gate, plan.findings);
    const change = await store.insert({
      configRepo,
      kind: request.kind,
      message,
      changeReason: request.reason?.trim() || undefined,
      author,
      idempotencyKey,
      operations,
      undoes,
      copy: copy?.plan,
      granted,
      plan: planned,
    });
    await executor.push(change, planned, PUSH_WAIT_MILLISECONDS);
    return change.id;
  }

  /** @param show - whether someone is to look at what changes in each file */
  async #judge(
    question: ChangeQuestion,
    show: { diffs: boolean },
  ): Promise<Judged> {
    const { knex, reader, store } = this.#options;
    const { configRepo, request, caller, signal } = question;
    const may = await FileAccess.read(knex, configRepo, caller.read);
    if (!may.any) throw configRepoNotFound(configRepo);
    return answeringForGit(configRepo, async () => {
      const repo = await reader.current(configRepo, signal);
      const { git, snapshot, model, shared } = repo;
      const readBlob = (oid: string) => git.readBlob(oid, { signal });
      const known = mayBeSeen(request, show)
        ? this.#recent.find(question, snapshot.commit)
        : undefined;
      // To go on needs just what was seen, to look at more files of it does not.
      if (known && (show.diffs || known.plan.digest === request.digest)) {
        return this.#judgeAgain(question, known, repo);
      }
      const mayRead = (path: string) =>
        may.mayRead(placeOf(model, path, shared.sharedBy));
      const read = await readOperations({
        request,
        repo,
        mayRead,
        changeToUndo: async id => {
          const change = await store.get(id);
          return change?.configRepo === configRepo
            ? { commit: change.commit, renamed: await store.renamesOf(id) }
            : undefined;
        },
        copyContext: () => readCopyContext(configRepo, model, this.#options),
        readBlob,
        signal,
      });
      const planned = await planChange({
        snapshot,
        model,
        operations: read.operations,
        findings: read.findings,
        sharedBy: shared.sharedBy,
        readBlob,
        secretSource: shared.secretSource,
        declared: read.copy?.declared,
      });
      const [review, permissions] = await Promise.all([
        reviewPlan(configRepo, planned, {
          ...this.#options,
          repo,
          mayRead,
          onlyErrors: !show.diffs,
          // What is copied is new as a whole; its preview is against the source.
          diffs: show.diffs && request.kind !== 'copy',
          signal,
        }),
        readGatePermissions(planned, {
          ...this.#options,
          configRepo,
          caller,
        }),
      ]);
      const { touches, base, digest } = planned;
      const conflicts = await withTheirCommits(planned, repo, signal);
      const files = read.merge(review.files);
      const { findings, pruned } = review;
      return {
        ...read,
        planned,
        granted: grantedFor(planned),
        plan: {
          base,
          digest,
          files,
          findings,
          conflicts,
          touches: touches.map(one =>
            may.mayRead({ type: 'module', ...one })
              ? one
              : { ...one, targets: [] },
          ),
          pruned,
          gate: gate({ ...planned, files, findings }, permissions),
          operations:
            request.kind === 'rollback'
              ? read.operations.map(withoutContent)
              : undefined,
          copy:
            read.copy &&
            (await previewCopy(read.copy, request.copy?.preview ?? [], {
              snapshot,
              readBlob,
              secretSource: shared.secretSource,
            })),
        },
      };
    });
  }

  /** Of what was looked at a moment ago only the person's rights may be others, and more of it may be to be shown. */
  async #judgeAgain(
    { configRepo, caller, request, signal }: ChangeQuestion,
    known: Judged,
    { git, snapshot, shared }: CurrentConfigRepo,
  ): Promise<Judged> {
    const permissions = await readGatePermissions(known.planned, {
      ...this.#options,
      configRepo,
      caller,
    });
    const { files, findings } = known.plan;
    return {
      ...known,
      plan: {
        ...known.plan,
        gate: gate({ ...known.planned, files, findings }, permissions),
        copy:
          known.copy &&
          (await previewCopy(known.copy, request.copy?.preview ?? [], {
            snapshot,
            readBlob: oid => git.readBlob(oid, { signal }),
            secretSource: shared.secretSource,
          })),
      },
    };
  }
}

/** Whether a request goes on from a plan: to commit it, or to look at more files of it. */
function mayBeSeen(
  { digest, copy }: ChangeRequest,
  show: { diffs: boolean },
): boolean {
  return show.diffs ? (copy?.preview?.length ?? 0) > 0 : digest !== undefined;
}

function withoutContent({
  content,
  object,
  edited,
  ...operation
}: ContentOperation): FileOperation {
  return operation;
}
