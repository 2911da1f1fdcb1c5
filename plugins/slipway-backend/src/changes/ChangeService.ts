import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  slipwayChangeCreatePermission,
  slipwayFileReadPermission,
  type ChangePlan,
  type ChangeRequest,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type { ConfigRepoReader } from '../configRepos/ConfigRepoReader';
import { placeOf, type Place } from '../configRepos/placeOf';
import { answeringForGit, configRepoNotFound } from '../files/errors';
import { FileAccess } from '../files/FileAccess';
import type { Person } from '../git';
import type { EnvironmentAccess, EnvironmentAuthorizer } from '../permissions';
import type { DatabaseChangeStore } from './DatabaseChangeStore';
import type { ChangeExecutor } from './execute/ChangeExecutor';
import { gate, type GatePermissions } from './gate';
import { checkBases } from './plan/checkBases';
import { planChange } from './plan/planChange';
import { resolveOperations } from './plan/resolveOperations';
import { screenOperations } from './plan/screenOperations';
import type { ContentOperation, PlannedChange } from './plan/types';
import { refusal } from './refusal';
import type { Granted, StoredChange } from './types';

/** A push takes a second or so; whoever waits longer looks at the change's page. */
const PUSH_WAIT_MILLISECONDS = 15_000;

/** Who asks for a change. */
export interface ChangeCaller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  author: Person & { entityRef: string };
  /** Where they may read files. */
  read: EnvironmentAccess;
}

export interface ChangeQuestion {
  configRepo: string;
  request: ChangeRequest;
  caller: ChangeCaller;
  signal?: AbortSignal;
}

export interface ChangeServiceOptions {
  authorizer: EnvironmentAuthorizer;
  executor: ChangeExecutor;
  knex: Knex;
  reader: ConfigRepoReader;
  store: DatabaseChangeStore;
}

interface Judged {
  plan: ChangePlan;
  planned: PlannedChange;
  operations: ContentOperation[];
  granted: Granted;
}

/** Plans changes, and has those go that the gate lets through. Every write to a config repo comes by here. */
export class ChangeService {
  readonly #options: ChangeServiceOptions;

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
    return (await this.#judge(question)).plan;
  }

  /**
   * Has a change go, and waits for its push, at most 15 s.
   *
   * @throws NotAllowedError when a right is missing; ConflictError when someone else changed a file meanwhile; InputError when
   *   something is wrong with the change itself
   */
  async create(question: ChangeQuestion): Promise<StoredChange> {
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
    if (known) return this.#ended(known);
    const { plan, planned, operations, granted } = await this.#judge(question);
    if (!plan.gate.allowed) throw refusal(plan.gate, plan.findings);
    const change = await store.insert({
      configRepo,
      kind: request.kind,
      message,
      changeReason: request.reason?.trim() || undefined,
      author,
      idempotencyKey,
      operations,
      granted,
      plan: planned,
    });
    executor.wake(configRepo);
    return this.#ended(change);
  }

  async #ended(change: StoredChange): Promise<StoredChange> {
    const { store, executor } = this.#options;
    await executor.ended(change, PUSH_WAIT_MILLISECONDS);
    return (await store.get(change.id)) ?? change;
  }

  async #judge(question: ChangeQuestion): Promise<Judged> {
    const { knex, reader } = this.#options;
    const { configRepo, request, caller, signal } = question;
    const may = await FileAccess.read(knex, configRepo, caller.read);
    if (!may.any) throw configRepoNotFound(configRepo);
    return answeringForGit(configRepo, async () => {
      const repo = await reader.current(configRepo, signal);
      const { git, snapshot, model } = repo;
      const readBlob = (oid: string) => git.readBlob(oid, { signal });
      const screened = screenOperations(request.operations ?? [], path =>
        may.mayRead(placeOf(model, path)),
      );
      await checkBases({ ...repo, operations: screened.visible, signal });
      const { operations, findings } = await resolveOperations(
        screened.visible,
        readBlob,
      );
      const planned = await planChange({
        snapshot,
        model,
        operations,
        findings,
        readBlob,
      });
      const { touches, base, digest, conflicts } = planned;
      const files = screened.merge(planned.files);
      const permissions = await this.#permissions(question, planned);
      return {
        operations,
        planned,
        granted: grantedFor(planned),
        plan: {
          base,
          digest,
          files,
          findings: planned.findings,
          conflicts,
          touches,
          pruned: [],
          gate: gate({ ...planned, files }, permissions),
        },
      };
    });
  }

  /** Asks the policy for everything that the change touches, with the caller's credentials. */
  async #permissions(
    { configRepo, caller }: ChangeQuestion,
    planned: PlannedChange,
  ): Promise<GatePermissions> {
    const { authorizer } = this.#options;
    const { environments, admin } = grantedFor(planned);
    const refs = environments.map(environment => ({ configRepo, environment }));
    const denied = await Promise.all(
      [slipwayFileReadPermission, slipwayChangeCreatePermission].map(
        async permission =>
          (
            await authorizer.deniedOn(permission, refs, caller.credentials)
          ).map(({ environment }) => ({
            permission: permission.name,
            environment,
          })),
      ),
    );
    return {
      denied: denied.flat(),
      admin:
        !admin ||
        (await authorizer.mayAdminister(configRepo, caller.credentials)),
    };
  }
}

/** What the gate must grant for a change to go. */
function grantedFor({
  touches,
  places,
}: Pick<PlannedChange, 'touches' | 'places'>): Granted {
  const described = places.flatMap(({ place }) => environmentOf(place));
  return {
    environments: [
      ...new Set([...touches.map(one => one.environment), ...described]),
    ].sort(),
    admin: places.some(
      ({ place }) => place.type === 'metadata' || place.type === 'other',
    ),
  };
}

function environmentOf(place: Place): string[] {
  return place.type === 'metadata' && place.environment !== undefined
    ? [place.environment]
    : [];
}
