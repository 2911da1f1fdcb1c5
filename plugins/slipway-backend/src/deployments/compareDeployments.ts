import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import { engineObjectRef } from '../status/moduleStates';
import { deliveredModules } from './deliveredModules';
import { deliveryOfModule } from './deliveryOfModule';
import { operationsOf } from './operationsOf';
import type {
  CarriedModule,
  CarryingEngineObject,
  DeployOperation,
  NewDeployment,
  StoredDeployment,
} from './types';

export interface CompareDeploymentsOptions {
  carrying: CarryingEngineObject;
  /** What is recorded of its operations. */
  known: readonly StoredDeployment[];
  /** Whether a source reads this config repo. */
  isThisRepo: (source: EngineSource) => boolean;
  /** What began before is not recorded any more. */
  notBefore: string;
  /** The revision that was delivered last before a time. */
  revisionBefore: (startedAt: string) => Promise<string | undefined>;
  /** Id of what is at a path of a commit. */
  objectAt: (revision: string, path: string) => Promise<string | undefined>;
  /** Last commit up to an operation's revision that changed a path, where that is to be looked up. */
  lastChange: (
    operation: DeployOperation,
    revision: string,
    path: string,
  ) => Promise<string | undefined>;
}

/**
 * Finds what an engine object tells of its operations beyond what is recorded: new ones, and how those that were recorded went on.
 * To which modules an operation belongs is decided once, when it is first recorded.
 */
export async function compareDeployments(
  options: CompareDeploymentsOptions,
): Promise<{ added: NewDeployment[]; updated: StoredDeployment[] }> {
  const { carrying, known, notBefore } = options;
  const operations = operationsOf(carrying.object);
  const added: NewDeployment[] = [];
  const updated: StoredDeployment[] = [];
  for (const [index, operation] of operations.entries()) {
    const rows = known.filter(row => row.startedAt === operation.startedAt);
    for (const row of rows) {
      const next = await goOn(row, operation, options);
      if (JSON.stringify(next) !== JSON.stringify(row)) updated.push(next);
    }
    if (rows.length === 0 && operation.startedAt >= notBefore) {
      const before = operations
        .slice(0, index)
        .findLast(({ phase }) => phase === 'Succeeded');
      added.push(...(await begin(operation, before, options)));
    }
  }
  const told = new Set(operations.map(({ startedAt }) => startedAt));
  const isOver = carrying.removed || operations.some(({ newest }) => newest);
  for (const row of known) {
    if (isOver && !told.has(row.startedAt) && isOpen(row)) {
      updated.push({ ...row, phase: 'Unknown' });
    }
  }
  return { added, updated };
}

async function begin(
  operation: DeployOperation,
  before: DeployOperation | undefined,
  options: CompareDeploymentsOptions,
): Promise<NewDeployment[]> {
  const { carrying, objectAt, revisionBefore } = options;
  const { id, object, removed, modules } = carrying;
  const candidates = modules.flatMap(module => {
    const revision = revisionOf(module, operation, options);
    return revision === 'none' ? [] : [{ ...module, revision }];
  });
  const several = candidates.length > 1;
  // Which modules it is about shows once it says what it delivers.
  if (several && isOpen(operation) && !operation.sources) return [];
  const earlier =
    several && !before ? await revisionBefore(operation.startedAt) : undefined;
  const delivered = await deliveredModules(
    candidates,
    module => {
      if (!before) return earlier;
      const revision = revisionOf(module, before, options);
      return revision === 'none' ? undefined : revision;
    },
    objectAt,
  );
  const added: NewDeployment[] = [];
  for (const module of delivered) {
    const { startedAt, finishedAt, phase, message, initiatedBy } = operation;
    const { environment, path, target, revision } = module;
    added.push({
      environment,
      module: module.module,
      ...target,
      engineObjectId: id,
      engineObject: engineObjectRef(object),
      startedAt,
      finishedAt,
      phase: removed && isOpen(operation) ? 'Unknown' : phase,
      message,
      initiatedBy,
      revision,
      moduleCommit:
        revision && (await options.lastChange(operation, revision, path)),
      images: imagesOf(operation, revision, carrying),
    });
  }
  return added;
}

/** A deployment with what is known of its operation now. */
async function goOn(
  row: StoredDeployment,
  operation: DeployOperation,
  options: CompareDeploymentsOptions,
): Promise<StoredDeployment> {
  const { carrying } = options;
  // What the engine remembers says less than what was seen.
  if (!operation.newest && !isOpen(row) && row.phase !== 'Unknown') return row;
  const module = carrying.modules.find(
    one => one.environment === row.environment && one.module === row.module,
  );
  const told = module && revisionOf(module, operation, options);
  // Flux names what it delivered by the newest commit that changes nothing of it.
  const isSettled = row.phase === 'Succeeded' && row.revision !== undefined;
  const revision =
    isSettled || told === undefined || told === 'none' ? row.revision : told;
  const moduleCommit =
    module && revision !== undefined && revision !== row.revision
      ? await options.lastChange(operation, revision, module.path)
      : row.moduleCommit;
  return {
    ...row,
    finishedAt: operation.finishedAt,
    phase: carrying.removed && isOpen(operation) ? 'Unknown' : operation.phase,
    message: operation.message ?? (operation.newest ? undefined : row.message),
    initiatedBy: operation.initiatedBy ?? row.initiatedBy,
    revision,
    moduleCommit,
    images: imagesOf(operation, revision, carrying) ?? row.images,
  };
}

/** The revision of a module that an operation delivers: undefined where that is not known, `none` when it had nothing to do with it. */
function revisionOf(
  module: CarriedModule,
  { sources }: DeployOperation,
  { carrying, isThisRepo }: CompareDeploymentsOptions,
): string | 'none' | undefined {
  if (!sources) return undefined;
  const delivery = deliveryOfModule(
    sources.filter(source => isThisRepo({ ...source, recurse: false })),
    module.path,
    carrying.object.sources.filter(isThisRepo),
  );
  return delivery ? delivery.revision : 'none';
}

/** The images that run are those of the last deployment, where nothing else can have brought them. */
function imagesOf(
  { newest, phase }: DeployOperation,
  revision: string | undefined,
  { object, modules }: CarryingEngineObject,
): string[] | undefined {
  const isThis =
    newest &&
    phase === 'Succeeded' &&
    modules.length === 1 &&
    object.sync.state === 'Synced' &&
    object.sources.some(source => source.comparedRevision === revision);
  return isThis && object.images.length > 0 ? object.images : undefined;
}

function isOpen({ phase }: Pick<StoredDeployment, 'phase'>): boolean {
  return phase === 'Running' || phase === 'Terminating';
}
