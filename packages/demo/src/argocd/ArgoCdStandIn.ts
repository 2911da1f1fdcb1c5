import { buildStatus, planStatusPatch } from './applicationStatus';
import { ApplicationOperation } from './ApplicationOperation';
import { planAutomaticSync } from './automaticSync';
import { compareApplication, Comparison } from './compareApplication';
import { IN_CLUSTER_SERVER, resolveDestination } from './destination';
import { GitSource, isSameRepository } from './GitSource';
import { Informer } from './Informer';
import { KubernetesClient } from './KubernetesClient';
import { LiveCluster } from './LiveCluster';
import { loadTargetState } from './targetState';
import { trackedApplication } from './tracking';
import { Application, KubernetesObject, sourcesOf } from './types';
import { WorkQueue } from './WorkQueue';

/** Options of {@link ArgoCdStandIn.create}. */
export interface ArgoCdStandInOptions {
  /** The cluster that holds the Applications. */
  cluster: { name: string; url: string };
  git: GitSource;
  /** How often refs are looked at when no push told of them. */
  pollMilliseconds?: number;
  /** How long after an operation drift is left alone; Argo CD's default is 5 s. */
  selfHealMilliseconds?: number;
  /** Pause before the first retry of a failed sync; doubles each time. Argo CD's default is 5 s. */
  retryMilliseconds?: number;
  now?: () => Date;
}

const NAMESPACE = 'argocd';
const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';
const FINALIZER = /^resources-finalizer\.argocd\.argoproj\.io/;

/**
 * What Argo CD's application controller and repo server do, as far as a portal
 * can tell: Applications in one cluster are compared with Git, synced, and
 * their status is written field for field as Argo CD 3 does.
 */
export class ArgoCdStandIn {
  readonly #options: ArgoCdStandInOptions;
  readonly #queue: WorkQueue;
  readonly #clusters = new Map<string, LiveCluster>();
  readonly #operations = new Map<string, ApplicationOperation>();
  readonly #held = new Set<string>();
  readonly #commits = new Map<string, Promise<string>>();
  readonly #git: GitSource;
  readonly #now: () => Date;
  #applications!: Informer;
  #unsubscribe: () => void = () => {};
  #poll: NodeJS.Timeout | undefined;

  static async create(options: ArgoCdStandInOptions): Promise<ArgoCdStandIn> {
    const standIn = new ArgoCdStandIn(options);
    await standIn.#start();
    return standIn;
  }

  private constructor(options: ArgoCdStandInOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#queue = WorkQueue.create({
      work: name => this.#reconcile(name),
      atOnce: 8,
    });
    const { git } = options;
    this.#git = {
      ...git,
      // Every Application asks; a push or the poll empties what was answered.
      resolve: (repoURL, revision) => {
        const key = `${repoURL} ${revision}`;
        let commit = this.#commits.get(key);
        if (!commit) {
          commit = git.resolve(repoURL, revision);
          this.#commits.set(key, commit);
          commit.catch(() => this.#commits.delete(key));
        }
        return commit;
      },
    };
  }

  get cluster(): { name: string; url: string } {
    return this.#options.cluster;
  }

  /** Leaves drift of an Application alone until released, so that OutOfSync can be looked at. */
  holdSelfHeal(application: string, isHeld: boolean): void {
    if (isHeld) {
      this.#held.add(application);
    } else {
      this.#held.delete(application);
      this.#queue.add(application);
    }
  }

  application(name: string): Application | undefined {
    return this.#applications.get(NAMESPACE, name) as Application | undefined;
  }

  applications(): Application[] {
    return this.#applications.list() as Application[];
  }

  /** The live cluster that an Application is delivered to. */
  destinationOf(application: Application): Promise<LiveCluster> {
    return this.#destination(application);
  }

  async stop(): Promise<void> {
    clearInterval(this.#poll);
    this.#unsubscribe();
    this.#applications.stop();
    const operations = [...this.#operations.values()];
    await Promise.all(operations.map(operation => operation.stop()));
    await this.#queue.stop();
    for (const cluster of this.#clusters.values()) {
      cluster.stop();
    }
  }

  async #start(): Promise<void> {
    const home = this.#liveCluster(IN_CLUSTER_SERVER);
    const resource = await home.resource('argoproj.io/v1alpha1', 'Application');
    this.#applications = Informer.create({
      client: home.client,
      resource,
      namespace: NAMESPACE,
      onChange: object => this.#queue.add(object.metadata.name),
    });
    await this.#applications.ready();
    this.#unsubscribe = this.#git.onPush(repoURL => this.#look(repoURL));
    this.#poll = setInterval(
      () => this.#look(),
      this.#options.pollMilliseconds ?? 60_000,
    );
  }

  /** Forgets what refs pointed at, and compares again what builds on them. */
  #look(repoURL?: string): void {
    for (const key of this.#commits.keys()) {
      if (!repoURL || isSameRepository(key.split(' ')[0], repoURL)) {
        this.#commits.delete(key);
      }
    }
    for (const application of this.applications()) {
      const isConcerned = sourcesOf(application.spec).some(
        source => !repoURL || isSameRepository(source.repoURL, repoURL),
      );
      if (isConcerned) {
        this.#queue.add(application.metadata.name);
      }
    }
  }

  #liveCluster(server: string): LiveCluster {
    let cluster = this.#clusters.get(server);
    if (!cluster) {
      const url =
        server === IN_CLUSTER_SERVER ? this.#options.cluster.url : server;
      cluster = LiveCluster.create({
        client: KubernetesClient.create({ url }),
        onChange: object => {
          const owner = trackedApplication(object);
          if (owner) {
            this.#queue.add(owner);
          }
        },
      });
      this.#clusters.set(server, cluster);
    }
    return cluster;
  }

  async #destination(application: Application): Promise<LiveCluster> {
    const { destination } = application.spec;
    if (destination.server === IN_CLUSTER_SERVER) {
      return this.#liveCluster(IN_CLUSTER_SERVER);
    }
    const home = this.#liveCluster(IN_CLUSTER_SERVER);
    const secrets = (await home.ensure('v1', 'Secret'))
      .list()
      .filter(({ metadata }) => metadata.namespace === NAMESPACE);
    return this.#liveCluster(resolveDestination(destination, secrets));
  }

  async #reconcile(name: string): Promise<void> {
    const application = this.application(name);
    if (!application) {
      this.#held.delete(name);
      return;
    }
    if (application.metadata.deletionTimestamp) {
      await this.#finalize(application);
      return;
    }
    // An operation that ends while we compare leaves the comparison behind the
    // times; its end brings us here again.
    const isBusy = this.#operations.has(name);
    const comparison = await this.#compare(application);
    const current = this.application(name) ?? application;
    const automatic =
      isBusy || current.operation || this.#held.has(name)
        ? ({ decision: 'nothing' } as const)
        : planAutomaticSync({
            application: current,
            comparison,
            now: this.#now(),
            selfHealMilliseconds: this.#options.selfHealMilliseconds ?? 5_000,
          });
    if (automatic.decision === 'refuse') {
      comparison.conditions.push({
        type: 'SyncError',
        message: automatic.message,
      });
    }
    await this.#writeStatus(current, comparison);

    if (automatic.decision === 'wait') {
      this.#queue.addAfter(name, automatic.milliseconds);
    }
    const interrupted =
      current.status?.operationState?.phase === 'Running'
        ? current.status.operationState.operation
        : undefined;
    const operation =
      current.operation ??
      (automatic.decision === 'sync' ? automatic.operation : interrupted);
    if (operation && !isBusy) {
      const running = ApplicationOperation.create({
        application: current,
        operation,
        git: this.#git,
        live: () => this.#destination(current),
        read: () => this.application(name),
        write: patch => this.#patch(name, patch),
        now: this.#now,
        retryMilliseconds: this.#options.retryMilliseconds ?? 5_000,
      });
      this.#operations.set(name, running);
      void running.done.finally(() => {
        this.#operations.delete(name);
        this.#queue.add(name);
      });
    }
  }

  async #compare(application: Application): Promise<Comparison> {
    const { name } = application.metadata;
    const nothing: Comparison = {
      sync: 'Unknown',
      health: 'Unknown',
      revisions: [],
      sourceTypes: [],
      resources: [],
      images: [],
      conditions: [],
    };
    let live: LiveCluster;
    try {
      live = await this.#destination(application);
    } catch (error) {
      const { message } = error as Error;
      return {
        ...nothing,
        conditions: [{ type: 'InvalidSpecError', message }],
      };
    }
    let targetError: string | undefined;
    const sources = sourcesOf(application.spec);
    const target = await loadTargetState({
      application,
      sources,
      git: this.#git,
      live,
    }).catch((error: Error) => {
      targetError = error.message;
      return undefined;
    });
    try {
      const comparison = await compareApplication(name, target, live);
      if (targetError) {
        // As the real one: it names what it was to look for.
        comparison.revisions = sources.map(
          ({ targetRevision }) => targetRevision ?? 'HEAD',
        );
        comparison.conditions.unshift({
          type: 'ComparisonError',
          message: targetError,
        });
      }
      return comparison;
    } catch (error) {
      this.#queue.addAfter(name, 2_000);
      const message = `Failed to load live state: ${(error as Error).message}`;
      // Its own cluster is away: nothing can be written there either.
      if (live === this.#liveCluster(IN_CLUSTER_SERVER)) {
        throw error;
      }
      return {
        ...nothing,
        revisions: target?.revisions ?? [],
        conditions: [{ type: 'ComparisonError', message }],
      };
    }
  }

  async #writeStatus(
    application: Application,
    comparison: Comparison,
  ): Promise<void> {
    const isRefresh =
      application.metadata.annotations?.[REFRESH_ANNOTATION] !== undefined;
    const status = buildStatus(
      application,
      comparison,
      sourcesOf(application.spec),
      this.#now(),
    );
    const patch = planStatusPatch(application.status, status, isRefresh);
    if (patch || isRefresh) {
      await this.#patch(application.metadata.name, {
        ...(isRefresh && {
          metadata: { annotations: { [REFRESH_ANNOTATION]: null } },
        }),
        ...(patch && { status: patch }),
      });
    }
  }

  async #patch(name: string, patch: object): Promise<Application> {
    const { client } = this.#liveCluster(IN_CLUSTER_SERVER);
    const patched = await client.mergePatch(
      this.#applications.resource,
      { metadata: { name, namespace: NAMESPACE } },
      patch,
    );
    this.#applications.record(patched);
    return patched as Application;
  }

  /** Deletes what an Application brought, when its finalizer asks for it, and lets it go. */
  async #finalize(application: Application): Promise<void> {
    const { name, finalizers = [] } = application.metadata;
    if (!finalizers.some(finalizer => FINALIZER.test(finalizer))) {
      return;
    }
    const live = await this.#destination(application);
    await live.connect();
    const owned: KubernetesObject[] = live.ownedBy(name);
    for (const object of owned) {
      await live.delete(object);
    }
    await this.#patch(name, {
      metadata: {
        finalizers: finalizers.filter(finalizer => !FINALIZER.test(finalizer)),
      },
    });
  }
}
