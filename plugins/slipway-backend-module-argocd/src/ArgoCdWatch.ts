import {
  type EngineObject,
  KubernetesConnection,
  KubernetesError,
  type KubernetesObject,
  type ResourceEvent,
  type SyncEngineWatchOptions,
  watchResource,
} from '@slipway/backstage-plugin-slipway-node';
import {
  type ApplicationHome,
  controllerNamespaceOf,
  toEngineObject,
  toEngineObjectKey,
} from './application';
import {
  ApplicationSets,
  type MadeApplication,
} from './applicationSets/ApplicationSets';
import { ConnectionReporter } from './ConnectionReporter';
import { type ArgoCdSettings, readArgoCdSettings } from './settings';

/** Where Argo CD lives unless told otherwise; asked when the account may not list all namespaces. */
const DEFAULT_NAMESPACE = 'argocd';
const GROUP = { group: 'argoproj.io', version: 'v1alpha1' };
const APPLICATIONS = { ...GROUP, resource: 'applications' };
const APPLICATION_SETS = { ...GROUP, resource: 'applicationsets' };

type Changes = Parameters<SyncEngineWatchOptions['sink']['apply']>[0];

/** Watches the Applications of one cluster, and beside them the ApplicationSets, which say why Applications are not as they should be. */
export class ArgoCdWatch {
  readonly #options: SyncEngineWatchOptions;
  readonly #settings: ArgoCdSettings;
  readonly #connection: KubernetesConnection;
  readonly #reporter: ConnectionReporter;
  readonly #home: ApplicationHome;
  readonly #sets = ApplicationSets.create();

  /** @throws InputError that names the key of a setting that cannot be used. */
  static create(options: SyncEngineWatchOptions): ArgoCdWatch {
    return new ArgoCdWatch(options);
  }

  private constructor(options: SyncEngineWatchOptions) {
    const { cluster } = options;
    this.#options = options;
    this.#settings = readArgoCdSettings(cluster);
    this.#connection = KubernetesConnection.fromClusterConfig(cluster);
    this.#home = { cluster: cluster.name, url: this.#settings.url };
    this.#reporter = ConnectionReporter.create({
      ...options,
      connection: this.#connection,
    });
  }

  /** Resolves when aborted; rejects with what the sink rejected with. */
  async run(): Promise<void> {
    const failed = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, failed.signal]);
    await this.#reporter.connecting();
    await Promise.all(
      [this.#watchApplications(signal), this.#watchSets(signal)].map(watch =>
        watch.catch(error => failed.abort(error)),
      ),
    );
    if (failed.signal.aborted && !this.#options.signal.aborted) {
      throw failed.signal.reason;
    }
  }

  #watchApplications(signal: AbortSignal): Promise<void> {
    const { sink } = this.#options;
    return watchResource({
      ...APPLICATIONS,
      connection: this.#connection,
      namespaces: this.#settings.namespaces,
      fallbackNamespaces: [DEFAULT_NAMESPACE],
      signal,
      onPage: async (applications, { first, last }) => {
        if (first) this.#sets.forgetAll();
        const objects = applications.flatMap(one => this.#map(one) ?? []);
        this.#leaveOut(applications.length - objects.length);
        await sink.list({ objects, first, last });
      },
      onEvents: async events => {
        const changes = this.#toChanges(events);
        this.#leaveOut(events.length - changes.length);
        if (changes.length > 0) await sink.apply(changes);
      },
      onAlive: () => this.#reporter.alive(),
      onProblem: reason => this.#reporter.problem(reason),
      onMalformed: count => this.#leaveOut(count),
    });
  }

  #watchSets(signal: AbortSignal): Promise<void> {
    const sets = this.#sets;
    return watchResource({
      ...APPLICATION_SETS,
      connection: this.#connection,
      namespaces: this.#settings.namespaces,
      fallbackNamespaces: [DEFAULT_NAMESPACE],
      signal,
      onPage: (page, position) =>
        this.#tellAnew(sets.page(page, position), signal),
      onEvents: events =>
        this.#tellAnew(
          events.flatMap(({ type, object }) =>
            type === 'DELETED' ? sets.remove(object) : sets.put(object),
          ),
          signal,
        ),
      onAlive: () => this.#reporter.setsAreReadable(undefined),
      onProblem: reason => this.#reporter.setsAreReadable(reason),
    });
  }

  /** They are not kept: there may be thousands, and an ApplicationSet rarely fails. */
  async #tellAnew(
    applications: MadeApplication[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const made of applications) {
      if (!this.#sets.isNewest(made)) continue;
      const application = await this.#read(made, signal);
      // Or its events have said more meanwhile; it may be gone.
      if (!this.#sets.isNewest(made)) continue;
      const object = application && this.#map(application);
      if (object) await this.#options.sink.apply([{ type: 'upsert', object }]);
    }
  }

  async #read(
    { namespace, name }: MadeApplication,
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    try {
      return await this.#connection.getObject({
        ...APPLICATIONS,
        namespace,
        name,
        signal,
      });
    } catch (error) {
      if (!(error instanceof KubernetesError) && !signal.aborted) throw error;
      // Its next event will tell.
      return undefined;
    }
  }

  #map(application: KubernetesObject): EngineObject | undefined {
    this.#reporter.controllerIn(controllerNamespaceOf(application));
    const object = toEngineObject(application, this.#home);
    return object && this.#sets.join(object);
  }

  #toChanges(events: ResourceEvent[]): Changes {
    return events.flatMap(({ type, object }): Changes => {
      if (type === 'DELETED') {
        const key = toEngineObjectKey(object, this.#home);
        if (key) this.#sets.forget(key);
        return key ? [{ type: 'remove', key }] : [];
      }
      const mapped = this.#map(object);
      return mapped ? [{ type: 'upsert', object: mapped }] : [];
    });
  }

  #leaveOut(count: number): void {
    const { cluster, logger } = this.#options;
    if (count > 0) {
      logger.warn(
        `Left out ${count} Applications of the cluster ${cluster.name} that cannot be read`,
      );
    }
  }
}
