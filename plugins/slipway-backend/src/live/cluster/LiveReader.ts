import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  fields,
  type Fields,
  isFields,
  KubernetesConnection,
  KubernetesError,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { isNotFound, KindResolver, type ServedKind } from './KindResolver';
import { Slots } from './Slots';

/** Names one object on a cluster. */
export interface LiveRef {
  group: string;
  version?: string;
  kind: string;
  /** Taken no notice of for kinds without namespaces. */
  namespace: string;
  name: string;
}

export type LiveAnswer =
  | { state: 'found'; object: Fields; namespaced: boolean }
  | { state: 'missing'; namespaced: boolean }
  | { state: 'unknown'; reason: Reason };

export interface LiveReaderOptions {
  connection: Pick<KubernetesConnection, 'getText'>;
  /** Milliseconds since some moment; the process's clock when absent. */
  now?: () => number;
}

/** Several people look at the same page. */
const KEPT_MILLISECONDS = 3_000;
const MAX_KEPT_CHARACTERS = 16 * 1024 * 1024;
/** Nobody who leaves ends what others wait for; the request's own timer ends what stalls. */
const TIMEOUT_MILLISECONDS = 10_000;
/** The largest that etcd takes is 1.5 MiB. */
const MAX_OBJECT_BYTES = 4 * 1024 * 1024;
const PARALLEL = 8;
/** Nothing else will be answered either. */
const HOPELESS = new Set([
  'credentialsUnreadable',
  'notKubernetes',
  'timeout',
  'tlsError',
  'unauthorized',
  'unreachable',
]);
/** Of namespaces, and of objects of any kind; nothing that leads elsewhere in a URL. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?$/;
const NAME = /^(?!\.{1,2}$)[^/%]{1,253}$/;

/** Reads single objects of one cluster, a few at a time, each once for all who ask within some seconds. */
export class LiveReader {
  readonly #connection: LiveReaderOptions['connection'];
  readonly #now: () => number;
  readonly #kinds: KindResolver;
  readonly #slots = new Slots(PARALLEL);
  readonly #kept = new Map<string, LiveAnswer>();
  #keptSince = 0;
  #keptCharacters = 0;
  readonly #asking = new Map<string, Promise<LiveAnswer>>();
  #failure: { reason: Reason; until: number } | undefined;

  constructor(options: LiveReaderOptions) {
    this.#connection = options.connection;
    this.#now = options.now ?? (() => performance.now());
    this.#kinds = new KindResolver({
      connection: options.connection,
      now: this.#now,
    });
  }

  /** Never throws: why an object cannot be read is its answer. */
  async read(ref: LiveRef): Promise<LiveAnswer> {
    const { group, version, kind, namespace, name } = ref;
    const key = JSON.stringify([group, version, kind, namespace, name]);
    this.#forget();
    const known = this.#kept.get(key) ?? this.#asking.get(key);
    if (known) return known;
    const asking = this.#slots
      .run(() => this.#ask(ref))
      .then(({ answer, size }) => {
        this.#keptCharacters += size;
        if (this.#keptCharacters < MAX_KEPT_CHARACTERS) {
          this.#kept.set(key, answer);
        }
        return answer;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  #forget(): void {
    if (this.#now() - this.#keptSince < KEPT_MILLISECONDS) return;
    this.#drop();
    this.#keptSince = this.#now();
    // What nobody asks for again is not held.
    setTimeout(() => this.#drop(), KEPT_MILLISECONDS).unref();
  }

  #drop(): void {
    this.#kept.clear();
    this.#keptCharacters = 0;
  }

  async #ask(ref: LiveRef): Promise<{ answer: LiveAnswer; size: number }> {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const failure = this.#failure;
    if (failure && this.#now() < failure.until) {
      return { answer: unknown(failure.reason), size: 100 };
    }
    let served: ServedKind | undefined;
    try {
      served = await this.#kinds.resolve(ref, signal);
      if (!served || !isUsable(ref, served)) {
        return { answer: unknown(notServed(ref)), size: 100 };
      }
      const json = await this.#connection.getText({
        path: pathOf(ref, served),
        maximumBytes: MAX_OBJECT_BYTES,
        signal,
      });
      const object: unknown = JSON.parse(json);
      if (
        !isFields(object) ||
        text(fields(object.metadata).name) !== ref.name
      ) {
        return {
          answer: unknown({ code: 'notKubernetes', params: {} }),
          size: 100,
        };
      }
      const { namespaced } = served;
      return {
        answer: { state: 'found', object, namespaced },
        size: json.length,
      };
    } catch (error) {
      if (served && isNotFound(error)) {
        const { namespaced } = served;
        return { answer: { state: 'missing', namespaced }, size: 100 };
      }
      return { answer: unknown(this.#note(error)), size: 100 };
    }
  }

  /** A cluster that is away is not asked again for every object. */
  #note(error: unknown): Reason {
    const reason =
      error instanceof KubernetesError
        ? error.reason
        : { code: 'unknownProblem', params: {} };
    if (HOPELESS.has(reason.code)) {
      this.#failure = { reason, until: this.#now() + KEPT_MILLISECONDS };
    }
    return reason;
  }
}

function isUsable(ref: LiveRef, { namespaced }: ServedKind): boolean {
  return NAME.test(ref.name) && (!namespaced || NAMESPACE.test(ref.namespace));
}

function pathOf(ref: LiveRef, served: ServedKind): string {
  const namespace = served.namespaced
    ? `/namespaces/${encodeURIComponent(ref.namespace)}`
    : '';
  return `${served.base}${namespace}/${served.resource}/${encodeURIComponent(
    ref.name,
  )}`;
}

function unknown(reason: Reason): LiveAnswer {
  return { state: 'unknown', reason };
}

function notServed({ group, version, kind }: LiveRef): Reason {
  const name = [group, version, kind].filter(Boolean).join('/');
  return { code: 'kindNotServedHere', params: { kind: name } };
}
