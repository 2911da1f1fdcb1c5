import type {
  Module,
  ModuleState,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { engineObjectId } from '../engineObjects';

/** Of an engine object that also delivers what the caller may not read. */
export function carriesOthers(name: string): Reason {
  return { code: 'carriesOthers', params: { name } };
}

/**
 * A module without the words of engine objects that also deliver what the caller may not read: they may be about that. What its states
 * are stays.
 *
 * @param hidden - ids of such engine objects
 */
export function withoutWords(
  module: Module,
  hidden: ReadonlySet<string>,
): Module {
  if (hidden.size === 0) return module;
  return {
    ...module,
    states: module.states.map(state => withoutWordsOf(state, hidden)),
  };
}

/** Ids of the engine objects that deliver modules. */
export function carriersIn(modules: readonly Module[]): string[] {
  const states = modules.flatMap(module => module.states);
  return [
    ...new Set(
      states.flatMap(state => state.engineObjects.map(engineObjectId)),
    ),
  ];
}

function withoutWordsOf(
  state: ModuleState,
  hidden: ReadonlySet<string>,
): ModuleState {
  const carrier = state.engineObjects.find(ref =>
    hidden.has(engineObjectId(ref)),
  );
  if (!carrier) return state;
  const why = carriesOthers(carrier.name);
  return {
    ...state,
    health: withReason(state.health, why),
    sync: withReason(state.sync, why),
    fileSync: withReason(state.fileSync, why),
    operation: state.operation && { ...state.operation, message: undefined },
  };
}

/** Reasons that repeat what an engine says have it as their message. */
function withReason<T extends { reason?: Reason }>(part: T, why: Reason): T {
  return part.reason?.params.message === undefined
    ? part
    : { ...part, reason: why };
}
