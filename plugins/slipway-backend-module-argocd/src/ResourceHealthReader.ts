import {
  type EngineResourceHealth,
  fields,
  KubernetesConnection,
  oneOf,
  rows,
  type SyncEngineResourceHealthOptions,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { HEALTH_STATES } from './application';
import { readArgoCdSettings } from './settings';

/** Several people look at the same page, and each look asks. */
const KEPT_MILLISECONDS = 5_000;
/** The page waits for it. */
const TIMEOUT_MILLISECONDS = 2_000;
const MAXIMUM_BYTES = 16 * 1024 * 1024;

interface Kept {
  answer: Promise<EngineResourceHealth[]>;
  until: number;
}

/**
 * Reads the health of resources from Argo CD's own API: since version 3 it is no longer in the Application, where the API
 * puts it back.
 */
export class ResourceHealthReader {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  static create(options: { now?: () => number } = {}): ResourceHealthReader {
    return new ResourceHealthReader(options.now ?? Date.now);
  }

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** Answers, good or bad, are shared for some seconds. */
  read(
    options: SyncEngineResourceHealthOptions,
  ): Promise<EngineResourceHealth[]> {
    const { cluster, namespace, name } = options.key;
    const id = JSON.stringify([cluster, namespace, name]);
    const now = this.#now();
    for (const [known, { until }] of this.#kept) {
      if (until <= now) {
        this.#kept.delete(known);
      }
    }
    const kept = this.#kept.get(id);
    if (kept) {
      return kept.answer;
    }
    const answer = askApi(options);
    this.#kept.set(id, { answer, until: now + KEPT_MILLISECONDS });
    return answer;
  }
}

async function askApi({
  cluster,
  key,
}: SyncEngineResourceHealthOptions): Promise<EngineResourceHealth[]> {
  const { api } = readArgoCdSettings(cluster);
  if (!api) {
    return [];
  }
  const connection = KubernetesConnection.fromClusterConfig({
    ...cluster,
    auth: api,
  });
  const query = new URLSearchParams({ appNamespace: key.namespace });
  const application = await connection.getText({
    path: `/api/v1/applications/${encodeURIComponent(key.name)}?${query}`,
    maximumBytes: MAXIMUM_BYTES,
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  return rows(fields(JSON.parse(application).status).resources).flatMap(row => {
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
