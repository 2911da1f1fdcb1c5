import {
  deployStatus,
  moduleCounts,
  type CommitInfo,
  type EngineObjectRef,
  type EnvironmentDeployStatus,
  type Finding,
  type ModuleCounts,
  type ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import {
  buildModuleStates,
  engineObjectRef,
  type BuildModuleStatesOptions,
  type CarryingObject,
} from './moduleStates';
import type { Connections } from './Connections';
import { moduleVersion, sharedTag } from './moduleVersion';
import type { EnvironmentModel, ModuleModel } from './types';

/** Engine objects listed with an environment, at most. */
const LISTED_ENGINE_OBJECTS = 10;

/** A target, and the engine that delivers to it when one does. */
export interface TargetRecord {
  cluster: string;
  namespace: string;
  engineCluster?: string;
  engine?: string;
}

/** What the read model holds of a module. */
export interface ModuleRecord {
  model: ModuleModel;
  images: string[];
  version?: string;
  lastChange?: CommitInfo;
  states: ModuleState[];
}

/** What the read model holds of an environment. */
export interface EnvironmentRecord {
  model: EnvironmentModel;
  stageOrder: number;
  targets: TargetRecord[];
  modules: ModuleRecord[];
  deploy: EnvironmentDeployStatus;
  counts: ModuleCounts;
  version?: string;
  lastChange?: CommitInfo;
  engineObjects: EngineObjectRef[];
  findings: Finding[];
}

export interface ProjectEnvironmentOptions {
  environment: EnvironmentModel;
  stages: string[];
  carriersOf: (module: ModuleModel) => CarryingObject[];
  /** Modules that an engine object carries, by the object's name parts. */
  carriesOnly: (carrier: CarryingObject) => boolean;
  lastChangeOf: (path: string) => CommitInfo | undefined;
  fileSync: BuildModuleStatesOptions['fileSync'];
  connections: Connections;
}

/** Folds Git's side and the engines' side of one environment into what pages show. */
export async function projectEnvironment(
  options: ProjectEnvironmentOptions,
): Promise<EnvironmentRecord> {
  const { environment } = options;
  const carriers = new Set<CarryingObject>();
  const modules = await Promise.all(
    environment.modules.map(async (module): Promise<ModuleRecord> => {
      const own = options.carriersOf(module);
      for (const carrier of own) carriers.add(carrier);
      // An object that carries several modules does not tell whose image is whose.
      const alone = own.filter(options.carriesOnly);
      const images = [
        ...new Set(alone.flatMap(carrier => carrier.object.images)),
      ].sort();
      return {
        model: module,
        images,
        version: moduleVersion(images, alone),
        lastChange: options.lastChangeOf(module.path),
        states: await buildModuleStates({
          environment,
          module,
          carriers: own,
          fileSync: options.fileSync,
        }),
      };
    }),
  );

  const targets = targetRecords(environment, modules, options.connections);
  const deploy = deployStatus({
    targets: targets.map(target => {
      const { connection, heardAt } = options.connections.find(
        target.engineCluster ?? target.cluster,
        target.engine,
      );
      return { cluster: target.cluster, connection, asOf: heardAt };
    }),
    modules: modules.map(({ model, states }) => ({
      name: model.name,
      states,
      missingEngineObject: states.some(s => s.engineObjects.length === 0)
        ? model.manifest ?? ''
        : undefined,
    })),
  });

  return {
    model: environment,
    stageOrder: stageOrder(environment.stage, options.stages),
    targets,
    modules,
    deploy,
    counts: moduleCounts(modules),
    version: sharedTag([...carriers].flatMap(c => c.object.images)),
    lastChange: newest(modules.flatMap(module => module.lastChange ?? [])),
    engineObjects: [...carriers]
      .map(carrier => engineObjectRef(carrier.object))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, LISTED_ENGINE_OBJECTS),
    findings: [...environment.findings, ...undeclared(environment, targets)],
  };
}

/** Environments without a stage, or with one that the config repo does not list, come last. */
function stageOrder(stage: string | undefined, stages: string[]): number {
  const index = stage === undefined ? -1 : stages.indexOf(stage);
  return index < 0 ? stages.length : index;
}

function targetRecords(
  environment: EnvironmentModel,
  modules: ModuleRecord[],
  connections: Connections,
): TargetRecord[] {
  const records = new Map<string, TargetRecord>(
    environment.targets.map(target => [
      `${target.cluster} ${target.namespace}`,
      { ...target },
    ]),
  );
  for (const state of modules.flatMap(module => module.states)) {
    const key = `${state.cluster} ${state.namespace}`;
    const record = records.get(key) ?? {
      cluster: state.cluster,
      namespace: state.namespace,
    };
    for (const { cluster, engine } of state.engineObjects) {
      const known = connections.find(
        record.engineCluster ?? cluster,
        record.engine ?? engine,
      );
      const worst = connections.worst([
        { cluster: record.engineCluster ?? cluster, engine: record.engine },
        { cluster, engine },
      ]);
      // A target is as reachable as the least reachable engine that delivers to it.
      if (!record.engineCluster || worst.connection !== known.connection) {
        record.engineCluster = cluster;
        record.engine = engine;
      }
    }
    records.set(key, record);
  }
  return [...records.values()];
}

function undeclared(
  environment: EnvironmentModel,
  targets: TargetRecord[],
): Finding[] {
  // While its file cannot be read nobody knows what it declares.
  const unread =
    environment.targets.length === 0 &&
    environment.findings.some(one => one.severity === 'error');
  if (!environment.managed || unread) return [];
  return targets
    .filter(
      ({ cluster, namespace }) =>
        !environment.targets.some(
          target =>
            target.cluster === cluster && target.namespace === namespace,
        ),
    )
    .map(({ cluster, namespace }) => ({
      severity: 'warning' as const,
      code: 'targetNotDeclared',
      params: { cluster, namespace },
    }));
}

function newest(changes: CommitInfo[]): CommitInfo | undefined {
  return changes.reduce<CommitInfo | undefined>(
    (latest, change) => (latest && latest.at >= change.at ? latest : change),
    undefined,
  );
}
