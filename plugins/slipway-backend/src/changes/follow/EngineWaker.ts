import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EngineObjectRef,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import { engineObjectId } from '../../engineObjects';
import type { ModuleOperator } from '../../modules/ModuleOperator';
import { moduleId } from '../../status/rows';
import type { FollowedChange } from './types';

/** Engine objects that are asked at the same time. */
const AT_ONCE = 10;

/** Has engines look at Git as soon as a change is in the branch: by themselves they do so every few minutes. */
export class EngineWaker {
  readonly #operator: Pick<ModuleOperator, 'operate'>;
  readonly #logger: LoggerService;
  #known = new Set<number>();

  constructor(options: {
    operator: Pick<ModuleOperator, 'operate'>;
    logger: LoggerService;
  }) {
    this.#operator = options.operator;
    this.#logger = options.logger;
  }

  /** Asks for each change once; does not wait. An engine that cannot be asked will look in its own time. */
  wake(
    configRepo: string,
    changes: readonly FollowedChange[],
    modules: ReadonlyMap<string, Module>,
  ): void {
    const fresh = changes.filter(({ id }) => !this.#known.has(id));
    this.#known = new Set(changes.map(({ id }) => id));
    const refs = new Map<string, EngineObjectRef>();
    for (const { environment, module, cluster } of fresh.flatMap(
      ({ targets }) => targets.filter(({ ended }) => !ended),
    )) {
      const found = modules.get(moduleId(configRepo, environment, module));
      for (const state of found?.states ?? []) {
        if (state.cluster !== cluster) continue;
        for (const ref of state.engineObjects) {
          refs.set(engineObjectId(ref), ref);
        }
      }
    }
    if (refs.size > 0) this.#ask([...refs.values()]);
  }

  async #ask(refs: EngineObjectRef[]): Promise<void> {
    for (let at = 0; at < refs.length; at += AT_ONCE) {
      try {
        const some = refs.slice(at, at + AT_ONCE);
        await this.#operator.operate(some, { type: 'refresh' }, 'Slipway');
      } catch (error) {
        this.#logger.debug(
          'A sync engine could not be asked to look at Git',
          error as Error,
        );
      }
    }
  }
}
