import type {
  ClusterConfig,
  SyncEngineConnection,
} from '@slipway/backstage-plugin-slipway-node';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { LeaseFence } from '../leases';

/** How Slipway stands with one sync engine on one cluster. */
export interface ClusterEngineStatus {
  cluster: string;
  engine: string;
  connection: SyncEngineConnection['state'];
  /** Since when the connection is as it is, UTC, ISO 8601. */
  since: string;
  reason?: Reason;
  /** When it was last heard; what is known of the cluster is as old as that. Absent when it never was. */
  heardAt?: string;
  engineVersion?: string;
  /** Why it cannot be known. */
  engineVersionReason?: Reason;
  kubernetesVersion?: string;
  /** The longest that something it said waited for the read model, lately. */
  lagMilliseconds?: number;
  /** Of the last change of connection, not of the last word heard. */
  sequence: number;
}

export interface ClusterEngineWriteOptions {
  cluster: string;
  engine: string;
  lease: LeaseFence;
}

/** Connections to the sync engines of all clusters, shared by all replicas. */
export interface ClusterEngineStore {
  /**
   * Makes the rows match the configuration: adds what is new as Connecting, and removes what is no longer configured
   * along with its engine objects. Says whether anything that shows changed.
   */
  configure(clusters: ClusterConfig[]): Promise<boolean>;
  /** Writes a connection state; says whether it differs from the one before. */
  connection(
    options: ClusterEngineWriteOptions,
    state: SyncEngineConnection,
  ): Promise<boolean>;
  /**
   * Moves only when the engine was last heard.
   *
   * @param lag - milliseconds that what it said just now waited for the read model; the longest of a while is kept
   */
  heard(options: ClusterEngineWriteOptions, lag?: number): Promise<void>;
  list(): Promise<ClusterEngineStatus[]>;
}
