import {
  KubernetesConnection,
  type KubernetesObject,
  type ResourceEvent,
  type SyncEngineWatchOptions,
  type UnreadKind,
  watchResource,
} from '@slipway/backstage-plugin-slipway-node';
import { FluxReporter } from './FluxReporter';
import { FLUX_KINDS, isEngineKind, KINDS, type FluxKind } from './kinds';
import { readFluxSettings } from './settings';
import { FluxView } from './view/FluxView';

/** Where Flux lives unless told otherwise; asked when the account may not list all namespaces. */
const DEFAULT_NAMESPACE = 'flux-system';
const PAGE_SIZE = 500;

/** Watches all kinds of one cluster, each by itself, and tells the sink of them one after another. */
export class FluxWatch {
  readonly #options: SyncEngineWatchOptions;
  readonly #connection: KubernetesConnection;
  readonly #reporter: FluxReporter;
  readonly #view: FluxView;
  #last: Promise<void> = Promise.resolve();
  /** Kinds that could not be read when all was told; undefined before. */
  #toldWithout: string | undefined;

  static create(options: SyncEngineWatchOptions): FluxWatch {
    return new FluxWatch(options);
  }

  private constructor(options: SyncEngineWatchOptions) {
    const { cluster } = options;
    this.#options = options;
    this.#connection = KubernetesConnection.fromClusterConfig(cluster);
    this.#reporter = FluxReporter.create({
      ...options,
      connection: this.#connection,
    });
    this.#view = FluxView.create({ cluster: cluster.name });
  }

  /** Resolves when aborted; rejects with what the sink rejected with. */
  async run(): Promise<void> {
    const { namespaces } = readFluxSettings(this.#options.cluster);
    const failed = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, failed.signal]);
    await this.#reporter.connecting();
    const watches = FLUX_KINDS.map(async kind => {
      try {
        await this.#watch(kind, namespaces, signal);
      } catch (error) {
        failed.abort(error);
      }
    });
    await Promise.all(watches);
    if (failed.signal.aborted && !this.#options.signal.aborted) {
      throw failed.signal.reason;
    }
  }

  #watch(
    kind: FluxKind,
    namespaces: string[] | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { cluster, logger } = this.#options;
    return watchResource({
      ...KINDS[kind],
      connection: this.#connection,
      namespaces,
      fallbackNamespaces: [DEFAULT_NAMESPACE],
      signal,
      onPage: (objects, position) =>
        this.#inTurn(() => this.#page(kind, objects, position)),
      onEvents: events => this.#inTurn(() => this.#events(kind, events)),
      onAlive: () =>
        this.#inTurn(async () => {
          await this.#tell(this.#view.resume(kind));
          await this.#reporter.alive(kind);
        }),
      onProblem: reason =>
        this.#inTurn(async () => {
          await this.#tell(this.#view.fail(kind, reason));
          await this.#reporter.problem(kind, reason);
        }),
      onMalformed: count =>
        logger.warn(
          `Left out ${count} entries among the ${KINDS[kind].resource} of the cluster ${cluster.name} that cannot be read`,
        ),
    });
  }

  async #page(
    kind: FluxKind,
    objects: KubernetesObject[],
    position: { first: boolean; last: boolean },
  ): Promise<void> {
    const touched = this.#view.page(kind, objects, position);
    if (position.last && isEngineKind(kind) && this.#view.isSettled) {
      await this.#tellAll();
    } else {
      await this.#tell(touched);
    }
  }

  async #events(kind: FluxKind, events: ResourceEvent[]): Promise<void> {
    const touched = new Set<string>();
    for (const { type, object } of events) {
      const ids =
        type === 'DELETED'
          ? this.#view.remove(kind, object)
          : this.#view.put(kind, object);
      for (const id of ids) touched.add(id);
    }
    await this.#tell(touched);
  }

  /** Nothing is said before all kinds have been heard of; then all at once, and again when other kinds cannot be read. */
  async #tell(ids: ReadonlySet<string>): Promise<void> {
    if (!this.#view.isSettled) return;
    if (this.#toldWithout !== namesOf(this.#view.unread)) {
      await this.#tellAll();
      return;
    }
    const changes = this.#view.changes(ids);
    for (let at = 0; at < changes.length; at += PAGE_SIZE) {
      await this.#options.sink.apply(changes.slice(at, at + PAGE_SIZE));
    }
  }

  async #tellAll(): Promise<void> {
    const { sink } = this.#options;
    const objects = this.#view.all();
    const { unread } = this.#view;
    this.#toldWithout = namesOf(unread);
    for (let at = 0; at === 0 || at < objects.length; at += PAGE_SIZE) {
      const page = objects.slice(at, at + PAGE_SIZE);
      const last = at + PAGE_SIZE >= objects.length;
      await sink.list({ objects: page, first: at === 0, last, unread });
    }
  }

  /** The watches run side by side; what they see is joined and told in one order. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}

function namesOf(unread: UnreadKind[]): string {
  return unread.map(({ kind, reason }) => `${kind} ${reason.code}`).join();
}
