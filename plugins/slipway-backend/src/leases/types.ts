/** The right to work on something, as the store grants it. */
export interface Lease {
  /** What is worked on, such as `cluster:gd:argocd`. */
  key: string;
  /** The process that works on it. */
  holder: string;
  /** Grows by one with every new holder and never repeats. */
  fence: number;
  /** UTC, ISO 8601, by the clock of the store. */
  expiresAt: string;
}

export interface AcquireLeaseOptions {
  key: string;
  holder: string;
  ttlMilliseconds: number;
}

/** Where replicas agree on who works on what. */
export interface LeaseStore {
  /** Grants the lease unless another tenure of it still runs. */
  acquire(options: AcquireLeaseOptions): Promise<Lease | undefined>;
  /** Prolongs a tenure; `false` when it is over. */
  renew(lease: Lease, ttlMilliseconds: number): Promise<boolean>;
  /** Ends a tenure, so that others need not wait for its expiry. */
  release(lease: Lease): Promise<void>;
  /** The leases that are held now. */
  held(): Promise<Lease[]>;
}

/** What a write shows to prove that its process may still write. */
export type LeaseFence = Pick<Lease, 'key' | 'fence'>;

/** A lease in the hands of the work that it was acquired for. */
export interface HeldLease extends LeaseFence {
  /** Aborts when the lease is lost or the keeper stops. */
  signal: AbortSignal;
}
