import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  EngineObjectLive,
  LiveObject,
  LiveObjectState,
  ModuleLive,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type {
  ClusterConfig,
  EngineManagedResources,
  EngineObject,
  SyncEngine,
} from '@slipway/backstage-plugin-slipway-node';
import type { EngineObjectStore, StoredEngineObject } from '../engineObjects';
import { engineObjectRef } from '../status/moduleStates';
import type { SeenEngineObject } from '../status/types';
import type { LiveReaders } from './cluster/LiveReaders';
import { compareByEngine } from './compareByEngine';
import { compareWithApplied } from './compareWithApplied';
import { compareWithGit } from './compareWithGit';
import type { DesiredReader } from './desired/DesiredReader';
import { Effort } from './Effort';
import { reason } from './liveObject';
import { SharedAnswers } from './SharedAnswers';
import type { ComparedList, ComparedObject } from './types';

type AskedEngine = Pick<SyncEngine, 'managedResources' | 'marks'>;

export interface LiveServiceOptions {
  clusters: readonly ClusterConfig[];
  engineObjects: Pick<EngineObjectStore, 'byIds' | 'resourcesOf'>;
  engines: ReadonlyMap<string, AskedEngine>;
  readers: LiveReaders;
  desired: DesiredReader;
  resolveCluster: (object: SeenEngineObject) => string | undefined;
  logger: LoggerService;
}

export interface LiveQuestion {
  configRepo: string;
  /** Ids of the engine objects that deliver the module. */
  carriers: readonly string[];
  /** Those that also deliver what the caller may not read. */
  hidden: ReadonlySet<string>;
}

/** Of values in one answer for an engine object. */
const MAX_CHARACTERS = 2 * 1024 * 1024;

/** The order in which objects are told: what a person would look at first. */
const ORDER: readonly LiveObjectState[] = [
  'Changed',
  'Created',
  'Pruned',
  'Unknown',
  'Hook',
  'Same',
];

/**
 * Compares what engine objects deliver with what the cluster has. The desired state is the engine's own where its API is configured, else
 * that of Git where its manifests are plain, else what was applied last; each answer says which.
 */
export class LiveService {
  readonly #options: LiveServiceOptions;
  readonly #shared = new SharedAnswers<EngineObjectLive>();

  private constructor(options: LiveServiceOptions) {
    this.#options = options;
  }

  static create(options: LiveServiceOptions): LiveService {
    return new LiveService(options);
  }

  async compare(question: LiveQuestion): Promise<ModuleLive['items']> {
    const { engineObjects } = this.#options;
    const stored = await engineObjects.byIds([...question.carriers]);
    return Promise.all(
      stored
        .filter(({ removed }) => !removed)
        .map(one =>
          question.hidden.has(one.id)
            ? this.#answer(one.object, 'none', {
                reason: reason('liveCarriesOthers'),
              })
            : this.#compareOnce(question.configRepo, one),
        ),
    );
  }

  /** The same for whoever may ask; an engine object that has moved is another one. */
  #compareOnce(
    configRepo: string,
    stored: StoredEngineObject,
  ): Promise<EngineObjectLive> {
    const key = JSON.stringify([configRepo, stored.id, stored.object]);
    return this.#shared.get(key, () => this.#compareOne(configRepo, stored));
  }

  async #compareOne(
    configRepo: string,
    { id, object }: StoredEngineObject,
  ): Promise<EngineObjectLive> {
    const { desired, engineObjects, engines, readers } = this.#options;
    const marks = engines.get(object.key.engine)?.marks;
    const cluster = this.#options.resolveCluster(object);
    const liveReader = cluster === undefined ? undefined : readers.of(cluster);
    const compared = {
      object,
      marks,
      resources: await engineObjects.resourcesOf(id),
      effort: new Effort(),
    };

    const told = await this.#askEngine(object);
    if (told.state === 'told') {
      const list = await compareByEngine(
        { ...compared, reader: liveReader },
        told.managed,
      );
      const behind = await desired
        .comparedEarlier(configRepo, object)
        .catch(error => this.#untold(configRepo, error));
      return this.#answer(object, 'engine', {
        list,
        commit: object.sources[0]?.comparedRevision,
        reason: behind,
      });
    }
    if (!liveReader) {
      return this.#answer(object, 'none', {
        reason: told.reason ?? reason('liveNotSignedIn'),
      });
    }
    const withReader: ComparedObject = { ...compared, reader: liveReader };
    const manifests = await desired.read(configRepo, object);
    if (manifests.state === 'read') {
      return this.#answer(object, 'git', {
        list: await compareWithGit(withReader, manifests.objects),
        commit: manifests.commit,
        reason: told.reason,
      });
    }
    return this.#answer(object, 'lastApplied', {
      list: await compareWithApplied(withReader),
      commit: object.sources[0]?.appliedRevision,
      reason: told.reason ?? manifests.reason,
    });
  }

  async #askEngine({
    key,
  }: Pick<EngineObject, 'key'>): Promise<
    | { state: 'told'; managed: EngineManagedResources }
    | { state: 'untold'; reason?: Reason }
  > {
    const { clusters, engines, logger } = this.#options;
    const engine = engines.get(key.engine);
    const cluster = clusters.find(({ name }) => name === key.cluster);
    if (!engine?.managedResources || !cluster) return { state: 'untold' };
    try {
      const managed = await engine.managedResources({ cluster, key });
      return managed ? { state: 'told', managed } : { state: 'untold' };
    } catch (error) {
      logger.warn(
        `The API of ${key.engine} on ${key.cluster} did not tell what ${
          key.name
        } manages: ${stringifyError(error)}`,
      );
      return { state: 'untold', reason: reason('engineApiFailed') };
    }
  }

  /** What the engine says stands without Git as well. */
  #untold(configRepo: string, error: unknown): undefined {
    this.#options.logger.warn(
      `Whether config repo '${configRepo}' has moved since could not be told: ${stringifyError(
        error,
      )}`,
    );
  }

  #answer(
    object: SeenEngineObject,
    source: EngineObjectLive['source'],
    more: { list?: ComparedList; commit?: string; reason?: Reason },
  ): EngineObjectLive {
    const { list, commit, reason: why } = more;
    const objects = withinBudget(inOrder(list?.objects ?? []));
    const counts: Record<string, number> = {};
    for (const { state } of objects) counts[state] = (counts[state] ?? 0) + 1;
    return {
      engineObject: engineObjectRef(object),
      cluster: this.#options.resolveCluster(object),
      source,
      reason: why,
      commit,
      prunes: object.prunes,
      hooksKnown: list?.hooksKnown ?? false,
      objects,
      counts,
      more: list?.more || undefined,
      comparedAt: new Date().toISOString(),
    };
  }
}

/** Differences past what one answer holds are counted. */
function withinBudget(objects: LiveObject[]): LiveObject[] {
  let characters = 0;
  return objects.map(object => {
    for (const { left = '', right = '' } of object.differences) {
      characters += left.length + right.length;
    }
    return characters <= MAX_CHARACTERS || object.differences.length === 0
      ? object
      : {
          ...object,
          differences: [],
          more: object.differences.length + (object.more ?? 0),
        };
  });
}

function inOrder(objects: LiveObject[]): LiveObject[] {
  return objects.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
}
