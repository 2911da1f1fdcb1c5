import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EngineResource,
  EngineResourceHealth,
} from '@slipway/backstage-plugin-slipway-node';
import type { LiveReaders } from '../cluster/LiveReaders';
import { healthOf, tellsHealth } from './healthOf';

/** Each look asks for every object, and pages look again whenever something moves. */
const KEPT_MILLISECONDS = 15_000;
/** The page waits for it. */
const TIMEOUT_MILLISECONDS = 2_000;
const MAX_OBJECTS = 200;

export interface ObjectHealthOptions {
  readers: LiveReaders;
  /** Milliseconds since some moment; the process's clock when absent. */
  now?: () => number;
}

/** Reads how resources are from the objects themselves, where nobody else tells. */
export class ObjectHealth {
  readonly #readers: LiveReaders;
  readonly #now: () => number;
  readonly #kept = new Map<
    string,
    { answer: Promise<EngineResourceHealth[]>; until: number }
  >();

  constructor(options: ObjectHealthOptions) {
    this.#readers = options.readers;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Answers are shared for some seconds, also when the cluster did not tell in time.
   *
   * @param id - of the engine object
   * @param cluster - that it delivers to
   */
  read(
    id: string,
    cluster: string,
    resources: readonly EngineResource[],
  ): Promise<EngineResourceHealth[]> {
    const now = this.#now();
    for (const [known, { until }] of this.#kept) {
      if (until <= now) this.#kept.delete(known);
    }
    const kept = this.#kept.get(id);
    if (kept) return kept.answer;
    const answer = this.#ask(cluster, resources);
    this.#kept.set(id, { answer, until: now + KEPT_MILLISECONDS });
    return answer;
  }

  async #ask(
    cluster: string,
    resources: readonly EngineResource[],
  ): Promise<EngineResourceHealth[]> {
    const reader = this.#readers.of(cluster);
    const wanted = resources
      .filter(
        ({ health, hookType, status }) =>
          !health && !hookType && status !== 'Pruned',
      )
      .filter(tellsHealth)
      .slice(0, MAX_OBJECTS);
    if (!reader || wanted.length === 0) return [];
    const told: EngineResourceHealth[] = [];
    const all = Promise.all(
      wanted.map(async ({ group, version, kind, namespace, name }) => {
        const ref = { group, version, kind, namespace, name };
        const answer = await reader.read(ref);
        if (answer.state === 'missing')
          told.push({ ...ref, health: 'Missing' });
        if (answer.state !== 'found') return;
        const health = healthOf(ref, answer.object);
        if (health) told.push({ ...ref, health });
      }),
    );
    await Promise.race([all, sleep(TIMEOUT_MILLISECONDS, [], { ref: false })]);
    return [...told];
  }
}
