import {
  type EngineResourceHealth,
  fields,
  oneOf,
  rows,
  type SyncEngineResourceHealthOptions,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { HEALTH_STATES } from './application';
import { askArgoCdApi } from './argoCdApi';
import { SharedAnswers } from './SharedAnswers';

/** Several people look at the same page, and each look asks. */
const KEPT_MILLISECONDS = 5_000;
const MOST_KEPT = 200;
/** The page waits for it. */
const TIMEOUT_MILLISECONDS = 2_000;

/**
 * Reads the health of resources from Argo CD's own API: since version 3 it is no longer in the Application, where the API
 * puts it back.
 */
export class ResourceHealthReader {
  readonly #answers: SharedAnswers<EngineResourceHealth[]>;

  static create(options: { now?: () => number } = {}): ResourceHealthReader {
    return new ResourceHealthReader(
      new SharedAnswers({
        keptMilliseconds: KEPT_MILLISECONDS,
        mostKept: MOST_KEPT,
        now: options.now,
      }),
    );
  }

  private constructor(answers: SharedAnswers<EngineResourceHealth[]>) {
    this.#answers = answers;
  }

  /** Answers, good or bad, are shared for some seconds. */
  read(
    options: SyncEngineResourceHealthOptions,
  ): Promise<EngineResourceHealth[]> {
    const { cluster, namespace, name } = options.key;
    const id = JSON.stringify([cluster, namespace, name]);
    return this.#answers.get(id, () => askApi(options));
  }
}

async function askApi(
  options: SyncEngineResourceHealthOptions,
): Promise<EngineResourceHealth[]> {
  const application = await askArgoCdApi({
    ...options,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  const { resources } = fields(fields(application).status);
  return rows(resources).flatMap(row => {
    const health = oneOf(HEALTH_STATES, fields(row.health).status);
    const [kind, name] = [text(row.kind), text(row.name)];
    return health && kind && name
      ? [
          {
            group: text(row.group) ?? '',
            kind,
            namespace: text(row.namespace) ?? '',
            name,
            health,
          },
        ]
      : [];
  });
}
