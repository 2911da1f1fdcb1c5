import type {
  EngineObjectLive,
  LiveObjectState,
} from '@slipway/backstage-plugin-slipway-common';
import type { Portal } from '../../conformance/__testUtils__/Portal';
import { until } from '../../program';

const SETTLED = 100_000;

/** What a sync would do, by the names of the objects. */
export interface Plan {
  created: string[];
  changed: string[];
  pruned: string[];
  unknown: string[];
}

const NOTHING: Plan = { created: [], changed: [], pruned: [], unknown: [] };

function planOf(item: EngineObjectLive | undefined): Plan {
  const of = (state: LiveObjectState) =>
    (item?.objects ?? [])
      .filter(object => object.state === state)
      .map(({ kind, name }) => `${kind}/${name}`)
      .sort();
  return {
    created: of('Created'),
    changed: of('Changed'),
    pruned: of('Pruned'),
    unknown: of('Unknown'),
  };
}

/** Whether a portal says that a sync would do just this. */
export function plans(wanted: Partial<Plan>) {
  const text = JSON.stringify({ ...NOTHING, ...wanted });
  return (item: EngineObjectLive) => JSON.stringify(planOf(item)) === text;
}

/** Resolves to what a portal says of a module once it is as wanted; throws with what it says else. */
export async function says(
  portal: Portal,
  of: { environment: string; module: string },
  wanted: (item: EngineObjectLive) => boolean,
): Promise<EngineObjectLive> {
  let last: EngineObjectLive | undefined;
  try {
    return await until(
      async () => {
        last = await portal.live(of.environment, of.module);
        return last && wanted(last) ? last : undefined;
      },
      { what: 'the portal says so', timeoutMs: SETTLED, everyMs: 500 },
    );
  } catch (error) {
    const { source, reason } = last ?? {};
    throw new Error(
      `${(error as Error).message}; it says ${JSON.stringify({
        ...planOf(last),
        source,
        reason,
        differing: last?.objects.flatMap(({ differences, name, reason: why }) =>
          differences.length || why ? [[name, differences, why?.code]] : [],
        ),
      })}`,
    );
  }
}
