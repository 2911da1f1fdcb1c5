import type {
  EnvironmentDeployStatus,
  ModuleState,
  Reason,
  Target,
} from '../schema/openapi';
import { foldModuleStates, type FoldedModuleState } from './foldModuleStates';
import { compareTimes, earliest, latest } from './times';

/**
 * @public
 */
export interface DeployStatusModule {
  name: string;
  /** One per target. */
  states: readonly ModuleState[];
  /** The file that would tell the engine about the module, when no engine object is there for it. */
  missingEngineObject?: string;
}

/**
 * @public
 */
export interface DeployStatusInput {
  targets: ReadonlyArray<Pick<Target, 'cluster' | 'connection' | 'asOf'>>;
  modules: readonly DeployStatusModule[];
}

/**
 * Reason codes of {@link deployStatus}, with their parameters.
 *
 * - `clusterUnreachable`, `clusterConnecting`: `cluster`, `count` and `total` clusters; `since` is when it was last heard
 * - `operationFailed`: `module`, `cluster`, `message`, `count` of `total` modules
 * - `operationRunning`, `modulesProgressing`: `done` of `total` modules
 * - `noModules`
 * - `engineObjectMissing`: `module`, `file`, `count` of `total` modules
 * - `notDeployed`, `notSynced`, `diverged`, `behind`, `syncUnknown`, `fileSyncUnknown`: `modules`, the first three by name, `count`
 *   of `total` modules
 *
 * @public
 */
export type DeployStatusReasonCode =
  | 'clusterUnreachable'
  | 'clusterConnecting'
  | 'operationFailed'
  | 'operationRunning'
  | 'modulesProgressing'
  | 'noModules'
  | 'engineObjectMissing'
  | 'notDeployed'
  | 'notSynced'
  | 'diverged'
  | 'behind'
  | 'syncUnknown'
  | 'fileSyncUnknown';

type FoldedModule = DeployStatusModule & { folded: FoldedModuleState };

/**
 * The deploy status of an environment: a fold of operations, not of health. First that holds: Unknown (a target cannot be
 * reached, or never was) > Failed (a last operation failed) > Deploying (an operation runs or a module is Progressing) > Not
 * deployed (nothing is, on any target) > Partly deployed > Deployed (every module Synced and Current on every target).
 *
 * @public
 */
export function deployStatus(
  input: DeployStatusInput,
): EnvironmentDeployStatus {
  const modules = input.modules.map(module => ({
    ...module,
    folded: foldModuleStates(module.states),
  }));
  return (
    unknown(input.targets) ??
    failed(modules) ??
    deploying(modules) ??
    notDeployed(modules) ??
    partlyDeployed(modules) ??
    deployed(modules)
  );
}

function unknown(
  targets: DeployStatusInput['targets'],
): EnvironmentDeployStatus | undefined {
  const unreachable = targets.filter(
    target => target.connection === 'Unreachable',
  );
  const unheard = targets.filter(
    target => target.connection === 'Connecting' && target.asOf === undefined,
  );
  const because = unreachable.length > 0 ? unreachable : unheard;
  const [first] = [...because].sort((a, b) => compareTimes(a.asOf, b.asOf));
  if (!first) return undefined;
  const clusters = (list: DeployStatusInput['targets']) =>
    String(new Set(list.map(target => target.cluster)).size);
  return status(
    'Unknown',
    {
      code:
        because === unreachable ? 'clusterUnreachable' : 'clusterConnecting',
      params: {
        cluster: first.cluster,
        count: clusters(because),
        total: clusters(targets),
      },
    },
    first.asOf,
  );
}

function failed(modules: FoldedModule[]): EnvironmentDeployStatus | undefined {
  const failures = modules.flatMap(({ name, states }) =>
    states.flatMap(({ cluster, operation }) =>
      operation?.phase === 'Failed' || operation?.phase === 'Error'
        ? [{ module: name, cluster, operation }]
        : [],
    ),
  );
  const [first] = failures.sort((a, b) =>
    compareTimes(a.operation.finishedAt, b.operation.finishedAt),
  );
  if (!first) return undefined;
  return status(
    'Failed',
    {
      code: 'operationFailed',
      params: {
        module: first.module,
        cluster: first.cluster,
        message: first.operation.message ?? '',
        count: String(new Set(failures.map(({ module }) => module)).size),
        total: String(modules.length),
      },
    },
    first.operation.finishedAt,
  );
}

function deploying(
  modules: FoldedModule[],
): EnvironmentDeployStatus | undefined {
  const states = modules.flatMap(module => module.states);
  const running = states.filter(isRunning);
  const progressing = states.filter(
    ({ health }) => health.state === 'Progressing',
  );
  if (running.length + progressing.length === 0) return undefined;
  const done = modules.filter(
    module =>
      isDeployed(module) &&
      !module.states.some(
        state => isRunning(state) || state.health.state === 'Progressing',
      ),
  );
  return status(
    'Deploying',
    {
      code: running.length > 0 ? 'operationRunning' : 'modulesProgressing',
      params: { done: String(done.length), total: String(modules.length) },
    },
    running.length > 0
      ? earliest(running.map(({ operation }) => operation?.startedAt))
      : earliest(progressing.map(({ health }) => health.since)),
  );
}

function notDeployed(
  modules: FoldedModule[],
): EnvironmentDeployStatus | undefined {
  if (modules.length === 0) {
    return status('NotDeployed', { code: 'noModules', params: {} });
  }
  const nowhere = modules.every(({ states }) =>
    states.every(({ fileSync }) => fileSync.state === 'NotDeployed'),
  );
  return nowhere ? status('NotDeployed', whyNotAll(modules)) : undefined;
}

function partlyDeployed(
  modules: FoldedModule[],
): EnvironmentDeployStatus | undefined {
  return modules.every(isDeployed)
    ? undefined
    : status('PartlyDeployed', whyNotAll(modules));
}

function deployed(modules: FoldedModule[]): EnvironmentDeployStatus {
  const finished = modules.flatMap(({ states }) =>
    states.map(({ operation }) => operation?.finishedAt),
  );
  return status('Deployed', undefined, latest(finished));
}

/** What keeps some modules from being deployed: first what a person has to mend, then what may pass by itself. */
function whyNotAll(modules: FoldedModule[]): Reason | undefined {
  const total = String(modules.length);
  const missing = modules.filter(module => module.missingEngineObject);
  if (missing.length > 0) {
    return {
      code: 'engineObjectMissing',
      params: {
        module: missing[0].name,
        file: missing[0].missingEngineObject ?? '',
        count: String(missing.length),
        total,
      },
    };
  }
  const reasons: Array<
    [DeployStatusReasonCode, (state: FoldedModuleState) => boolean]
  > = [
    ['notDeployed', ({ fileSync }) => fileSync.state === 'NotDeployed'],
    ['notSynced', ({ sync }) => sync.state === 'OutOfSync'],
    ['diverged', ({ fileSync }) => fileSync.state === 'Diverged'],
    ['behind', ({ fileSync }) => fileSync.state === 'Behind'],
    ['syncUnknown', ({ sync }) => sync.state === 'Unknown'],
    ['fileSyncUnknown', ({ fileSync }) => fileSync.state === 'Unknown'],
  ];
  for (const [code, holds] of reasons) {
    const names = modules
      .filter(({ folded }) => holds(folded))
      .map(module => module.name);
    if (names.length > 0) {
      return {
        code,
        params: {
          modules: names.slice(0, 3).join(', '),
          count: String(names.length),
          total,
        },
      };
    }
  }
  return undefined;
}

function isRunning({ operation }: ModuleState): boolean {
  return operation?.phase === 'Running' || operation?.phase === 'Terminating';
}

function isDeployed({ folded, missingEngineObject }: FoldedModule): boolean {
  return (
    !missingEngineObject &&
    folded.sync.state === 'Synced' &&
    folded.fileSync.state === 'Current'
  );
}

function status(
  state: EnvironmentDeployStatus['state'],
  reason?: Reason,
  since?: string,
): EnvironmentDeployStatus {
  return {
    state,
    ...(since !== undefined && { since }),
    ...(reason && { reason }),
  };
}
