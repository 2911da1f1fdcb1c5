import type { Knex } from 'knex';
import type { AcquireLeaseOptions, Lease, LeaseStore } from './types';

interface LeaseRow {
  key: string;
  holder: string;
  fence: number | string;
  expires_at: string;
}

/**
 * Leases in a table. A row stays once it is there, so that its fence goes on growing; releasing it only ends it now.
 * All times are of the database's clock: replicas whose clocks differ still agree.
 */
export class DatabaseLeaseStore implements LeaseStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseLeaseStore {
    return new DatabaseLeaseStore(options.knex);
  }

  async acquire(options: AcquireLeaseOptions): Promise<Lease | undefined> {
    const { key, holder, ttlMilliseconds } = options;
    const ended = this.#knex('leases')
      .where({ key })
      .where('expires_at', '<=', this.#time(0));
    if (this.#isPostgres) {
      // A row that a write of its last holder still locks is not free yet; waiting for it would hold up everything else
      ended.whereIn(
        'key',
        this.#knex('leases')
          .select('key')
          .where({ key })
          .forUpdate()
          .skipLocked(),
      );
    }
    const [taken] = await ended
      .update({
        holder,
        fence: this.#knex.raw('fence + 1'),
        expires_at: this.#time(ttlMilliseconds),
      })
      .returning<LeaseRow[]>('*');
    if (taken) return rowToLease(taken);

    const [inserted] = await this.#knex('leases')
      .insert({
        key,
        holder,
        fence: 1,
        expires_at: this.#time(ttlMilliseconds),
      })
      .onConflict('key')
      .ignore()
      .returning<LeaseRow[]>('*');
    return inserted && rowToLease(inserted);
  }

  async renew(
    { key, holder, fence }: Lease,
    ttlMilliseconds: number,
  ): Promise<boolean> {
    const renewed = await this.#knex('leases')
      .where({ key, holder, fence })
      .update({ expires_at: this.#time(ttlMilliseconds) });
    return renewed > 0;
  }

  async release({ key, holder, fence }: Lease): Promise<void> {
    await this.#knex('leases')
      .where({ key, holder, fence })
      .update({ expires_at: this.#time(0) });
  }

  async held(): Promise<Lease[]> {
    const rows = await this.#knex<LeaseRow>('leases')
      .where('expires_at', '>', this.#time(0))
      .orderBy('key')
      .select('*');
    return rows.map(rowToLease);
  }

  get #isPostgres(): boolean {
    return this.#knex.client.config.client === 'pg';
  }

  /** The database's time so many milliseconds from now, UTC, ISO 8601. */
  #time(milliseconds: number): Knex.Raw {
    return this.#isPostgres
      ? this.#knex.raw(
          `to_char((clock_timestamp() + ?::integer * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
          [milliseconds],
        )
      : this.#knex.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)`, [
          `+${(milliseconds / 1000).toFixed(3)} seconds`,
        ]);
  }
}

function rowToLease(row: LeaseRow): Lease {
  return {
    key: row.key,
    holder: row.holder,
    fence: Number(row.fence),
    expiresAt: row.expires_at,
  };
}
