import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EngineObject,
  EngineResource,
  SyncEngineSink,
} from '@slipway/backstage-plugin-slipway-node';
import type { LeaseFence } from '../leases';

/** An engine object as the read model holds it. */
export interface StoredEngineObject {
  /** See `engineObjectId`. */
  id: string;
  object: Omit<EngineObject, 'resources'>;
  /** It is gone from its cluster; kept for a while, so that what was built on it is mended. */
  removed: boolean;
  /** When the read model last took it in, UTC, ISO 8601. */
  seenAt: string;
  /** Of the last visible change. */
  sequence: number;
}

export interface EngineObjectWriterOptions {
  cluster: string;
  engine: string;
  /** What every transaction proves to hold. */
  lease: LeaseFence;
  logger: LoggerService;
}

/**
 * Takes in what one engine says of one cluster, in order and never backwards. Each call is one transaction, and says
 * whether it changed anything that shows. An object that the database does not take is left out, with a warning.
 * Rejects with `LeaseLostError` when another process took over.
 */
export interface EngineObjectWriter {
  list(page: Parameters<SyncEngineSink['list']>[0]): Promise<boolean>;
  apply(changes: Parameters<SyncEngineSink['apply']>[0]): Promise<boolean>;
}

/** Which engine objects matter to one config repo. */
export interface ConfigRepoScope {
  /** Keys of its URLs, see `repoKey`. */
  configRepoKeys: string[];
  /** Its name: what its modules are linked to matters as well. */
  configRepo: string;
}

/** Resources in any of the namespaces, and those of any of the names wherever they are. */
export interface WantedResources {
  namespaces: readonly string[];
  names: readonly string[];
}

export interface ManagingObject extends StoredEngineObject {
  /** Only the wanted ones. */
  resources: EngineResource[];
}

/** Engine objects of all clusters, as last seen. */
export interface EngineObjectStore {
  writer(options: EngineObjectWriterOptions): EngineObjectWriter;
  /** What changed after `sequence`, removed ones included, oldest change first, in chunks. */
  changedSince(
    sequence: number,
    scope: ConfigRepoScope,
  ): AsyncIterable<StoredEngineObject[]>;
  /** Those that read one of the repositories and are not removed, in chunks. */
  allOfRepo(configRepoKeys: string[]): AsyncIterable<StoredEngineObject[]>;
  /** Those that there are, removed ones included. */
  byIds(ids: string[]): Promise<StoredEngineObject[]>;
  resourcesOf(id: string): Promise<EngineResource[]>;
  /**
   * Those that manage any of some resources, and which of these, in chunks. One that manages many may come more than once.
   */
  managing(wanted: WantedResources): AsyncIterable<ManagingObject[]>;
  /** How many there are on each cluster, by engine. */
  counts(): Promise<Array<{ cluster: string; engine: string; count: number }>>;
}
