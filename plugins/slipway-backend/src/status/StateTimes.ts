import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';

type Part = 'health' | 'sync' | 'fileSync';
type Times = Record<Part, { state: string; since?: string }>;

/**
 * Since when each state of each module on each target is as it is, judged by what was written before: engines say it of
 * health only.
 */
export class StateTimes {
  /** By module id, then by target. */
  readonly #known = new Map<string, Map<string, Times>>();

  private constructor() {}

  static create(): StateTimes {
    return new StateTimes();
  }

  /** Takes over what is written already, with the times in it. */
  restore(moduleId: string, states: readonly ModuleState[]): void {
    this.#known.set(
      moduleId,
      new Map(states.map(state => [targetOf(state), timesOf(state)])),
    );
  }

  /** The states with a time for each; a state that was not so before is so since `now`. */
  stamp(
    moduleId: string,
    states: readonly ModuleState[],
    now: string,
  ): ModuleState[] {
    const before = this.#known.get(moduleId);
    const stamped = states.map(state => {
      const known = before?.get(targetOf(state));
      const since = (part: Part) =>
        state[part].since ??
        (known?.[part].state === state[part].state
          ? known[part].since
          : undefined) ??
        now;
      return {
        ...state,
        health: { ...state.health, since: since('health') },
        sync: { ...state.sync, since: since('sync') },
        fileSync: { ...state.fileSync, since: since('fileSync') },
      };
    });
    this.restore(moduleId, stamped);
    return stamped;
  }

  forget(moduleIds: Iterable<string>): void {
    for (const id of moduleIds) this.#known.delete(id);
  }
}

function targetOf({ cluster, namespace }: ModuleState): string {
  return `${cluster} ${namespace}`;
}

function timesOf({ health, sync, fileSync }: ModuleState): Times {
  return { health, sync, fileSync };
}
