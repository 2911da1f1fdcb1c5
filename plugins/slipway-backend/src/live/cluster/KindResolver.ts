import {
  fields,
  KubernetesConnection,
  KubernetesError,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { toGroupVersionKind } from '../../manifests/schema';

/** Where objects of a kind are, below the root of an API server. */
export interface ServedKind {
  /** `/api/v1`, `/apis/apps/v1`. */
  base: string;
  /** Plural, as in the URL. */
  resource: string;
  namespaced: boolean;
}

export interface KindResolverOptions {
  connection: Pick<KubernetesConnection, 'getText'>;
  /** Milliseconds since some moment. */
  now(): number;
}

type Served = ReadonlyMap<string, Omit<ServedKind, 'base'>> | undefined;

interface Kept<T> {
  answer: Promise<T>;
  until: number;
}

/** Milliseconds for which discovery is taken to be as it was. */
const SERVED_AGE = 300_000;
/** The same for what is not served: its definition may just be coming. */
const MISSING_AGE = 10_000;
/** Groups and versions are named in Git, whether there are any or not. */
const MAX_KEPT = 300;
const MAX_BYTES = 4 * 1024 * 1024;
const PLURAL = /^[a-z0-9][a-z0-9.-]{0,252}$/;

/** Finds out by discovery where a cluster has the objects of a kind. */
export class KindResolver {
  readonly #options: KindResolverOptions;
  readonly #served = new Map<string, Kept<Served>>();
  readonly #preferred = new Map<string, Kept<string | undefined>>();

  constructor(options: KindResolverOptions) {
    this.#options = options;
  }

  /**
   * @param kind - `version`: the one that the cluster prefers when absent
   * @returns undefined when it is not served
   * @throws KubernetesError when the cluster does not say
   */
  async resolve(
    kind: { group: string; version?: string; kind: string },
    signal: AbortSignal,
  ): Promise<ServedKind | undefined> {
    const { group } = kind;
    // Nothing that a URL could trip over.
    const usable = (version: string) =>
      toGroupVersionKind(group ? `${group}/${version}` : version, kind.kind);
    if (!usable(kind.version ?? 'v1')) return undefined;
    const version = kind.version ?? (await this.#preferredOf(group, signal));
    if (version === undefined || !usable(version)) return undefined;
    const base = group ? `/apis/${group}/${version}` : `/api/${version}`;
    const served = await this.#kept(this.#served, base, () =>
      this.#read(base, signal),
    );
    const found = served?.get(kind.kind);
    return found && { base, ...found };
  }

  async #preferredOf(
    group: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!group) return 'v1';
    return this.#kept(this.#preferred, group, async () => {
      const answer = await this.#get(`/apis/${group}`, signal);
      return text(fields(fields(answer).preferredVersion).version);
    });
  }

  async #read(base: string, signal: AbortSignal): Promise<Served> {
    const answer = await this.#get(base, signal);
    if (answer === undefined) return undefined;
    return new Map(
      rows(fields(answer).resources).flatMap(row => {
        const [kind, resource] = [text(row.kind), text(row.name)];
        // Subresources have a slash in their name, and kinds of others.
        return kind && resource && PLURAL.test(resource)
          ? [[kind, { resource, namespaced: row.namespaced === true }] as const]
          : [];
      }),
    );
  }

  async #get(path: string, signal: AbortSignal): Promise<unknown> {
    const { connection } = this.#options;
    try {
      return JSON.parse(
        await connection.getText({ path, maximumBytes: MAX_BYTES, signal }),
      );
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  #kept<T>(
    map: Map<string, Kept<T | undefined>>,
    key: string,
    ask: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const now = this.#options.now();
    const known = map.get(key);
    if (known && known.until > now) return known.answer;
    const kept: Kept<T | undefined> = {
      answer: ask(),
      until: now + SERVED_AGE,
    };
    // Those that were asked for first go first.
    map.delete(key);
    for (const [other, { until }] of map) {
      if (until <= now || map.size >= MAX_KEPT) map.delete(other);
    }
    map.set(key, kept);
    kept.answer.then(
      answer => {
        if (answer === undefined) kept.until = now + MISSING_AGE;
      },
      () => {
        if (map.get(key) === kept) map.delete(key);
      },
    );
    return kept.answer;
  }
}

/** Whether the API server says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof KubernetesError && error.reason.params.status === '404'
  );
}
