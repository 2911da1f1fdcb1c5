import {
  worstFileSync,
  worstHealth,
  worstSync,
  type EngineObjectRef,
  type ModuleState,
  type ModuleStateFileSync,
  type ModuleStateOperation,
  type Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { deliveredTo } from './deliveredTo';
import type { EnvironmentModel, ModuleModel, SeenEngineObject } from './types';

/** An engine object that carries a module, and where it delivers to. */
export interface CarryingObject {
  object: SeenEngineObject;
  /** Configured cluster that the destination stands for; absent when none does. */
  cluster?: string;
  /** Revision of this config repo that is applied, by the engine's word. */
  appliedRevision?: string;
  /** Why that is not known although something is applied. */
  appliedUnknown?: Reason;
}

export interface BuildModuleStatesOptions {
  environment: EnvironmentModel;
  module: ModuleModel;
  carriers: CarryingObject[];
  /** File sync of the module for an applied revision. */
  fileSync: (
    module: ModuleModel,
    appliedRevision: string | undefined,
  ) => Promise<ModuleStateFileSync>;
}

interface Placed {
  cluster: string;
  namespace: string;
  carriers: CarryingObject[];
}

/**
 * The states of a module: one for each declared target, and one for each place that engine objects deliver it to
 * without being declared.
 */
export async function buildModuleStates(
  options: BuildModuleStatesOptions,
): Promise<ModuleState[]> {
  const places = placeCarriers(options);
  return Promise.all(
    places.map(async ({ cluster, namespace, carriers }) => {
      if (carriers.length === 0) {
        return notDeployed(options.module, cluster, namespace);
      }
      const fileSyncs = await Promise.all(
        carriers.map(
          ({ appliedRevision, appliedUnknown }): Promise<ModuleStateFileSync> =>
            appliedRevision === undefined && appliedUnknown
              ? Promise.resolve({ state: 'Unknown', reason: appliedUnknown })
              : options.fileSync(options.module, appliedRevision),
        ),
      );
      const worst = fileSyncs.reduce(
        (index, one, other) =>
          worstFileSync([fileSyncs[index].state, one.state]) ===
          fileSyncs[index].state
            ? index
            : other,
        0,
      );
      return {
        cluster,
        namespace,
        health: worstOf(carriers, c => c.object.health, worstHealth),
        sync: worstOf(carriers, c => c.object.sync, worstSync),
        fileSync: fileSyncs[worst],
        appliedRevision: carriers[worst].appliedRevision,
        operation: worstOperation(carriers),
        stale: false,
        engineObjects: carriers.map(carrier => engineObjectRef(carrier.object)),
      };
    }),
  );
}

/** The reference that pages link by. */
export function engineObjectRef({ key }: SeenEngineObject): EngineObjectRef {
  return {
    engine: key.engine,
    cluster: key.cluster,
    namespace: key.namespace,
    name: key.name,
    kind: key.kind,
  };
}

function placeCarriers(options: BuildModuleStatesOptions): Placed[] {
  const places: Placed[] = options.environment.targets.map(target => ({
    ...target,
    carriers: [],
  }));
  for (const carrier of options.carriers) {
    const { cluster, namespace } = deliveredTo(carrier);
    const exact = places.find(
      place => place.cluster === cluster && place.namespace === namespace,
    );
    const onCluster = places.filter(
      (place, index) =>
        place.cluster === cluster && index < options.environment.targets.length,
    );
    // Manifests may name their own namespaces, whatever the engine object's default says.
    const place = exact ?? (onCluster.length === 1 ? onCluster[0] : undefined);
    if (place) {
      place.carriers.push(carrier);
    } else {
      places.push({ cluster, namespace, carriers: [carrier] });
    }
  }
  return places;
}

function notDeployed(
  module: ModuleModel,
  cluster: string,
  namespace: string,
): ModuleState {
  const reason = {
    code: 'engineObjectMissing',
    params: { module: module.name, file: module.manifest ?? '' },
  };
  return {
    cluster,
    namespace,
    health: { state: 'Unknown', reason },
    sync: { state: 'Unknown', reason },
    fileSync: { state: 'NotDeployed', reason },
    stale: false,
    engineObjects: [],
  };
}

function worstOf<S extends string, T extends { state: S }>(
  carriers: CarryingObject[],
  pick: (carrier: CarryingObject) => T,
  worst: (states: S[]) => S,
): T {
  const all = carriers.map(pick);
  const state = worst(all.map(one => one.state));
  return all.find(one => one.state === state) ?? all[0];
}

const OPERATION_ORDER: Array<ModuleStateOperation['phase']> = [
  'Failed',
  'Error',
  'Running',
  'Terminating',
  'Succeeded',
];

function worstOperation(
  carriers: CarryingObject[],
): ModuleStateOperation | undefined {
  const [worst] = carriers
    .flatMap(carrier => carrier.object.operation ?? [])
    .sort(
      (a, b) =>
        OPERATION_ORDER.indexOf(a.phase) - OPERATION_ORDER.indexOf(b.phase),
    );
  if (!worst) return undefined;
  const { phase, startedAt, finishedAt, message } = worst;
  return { phase, startedAt, finishedAt, message };
}
