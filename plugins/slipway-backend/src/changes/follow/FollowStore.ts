import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type { Place } from '../../configRepos/placeOf';
import { chunks } from '../../database/chunks';
import { fromJson } from '../../database/json';
import { nextSequence } from '../../database/sequence';
import { assertFence, type LeaseFence } from '../../leases';
import type { ChangeRow } from '../changeRows';
import { withStep } from '../withStep';
import type { FollowedEnd } from './foldTargets';
import type {
  ChangedPath,
  FollowedChange,
  FollowedTarget,
  TargetVerdict,
} from './types';

/** In the branch, or ended in some way. */
const STATES = ['Following', 'Live', 'Degraded', 'TimedOut', 'Failed'];

interface TargetRow {
  change_id: number;
  environment: string;
  module: string;
  shared: boolean | number;
  cluster: string;
  namespace: string;
  state: FollowedTarget['state'];
  reason: string | null;
  ended: boolean | number;
}

/** Changes of one config repo that are followed, written by whoever holds the lease. */
export class FollowStore {
  readonly #knex: Knex;
  readonly #configRepo: string;
  readonly #lease: LeaseFence;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    configRepo: string;
    lease: LeaseFence;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#configRepo = options.configRepo;
    this.#lease = options.lease;
    this.#now = options.now;
  }

  /** Those that still need following, or someone to be told. */
  async open(): Promise<FollowedChange[]> {
    const rows: ChangeRow[] = await this.#knex('changes')
      .where({ config_repo: this.#configRepo })
      .whereNull('notified_at')
      .whereIn('state', STATES)
      .orderBy('id');
    const byChange = new Map<number, FollowedTarget[]>(
      rows.map(({ id }) => [id, []]),
    );
    for (const ids of chunks([...byChange.keys()])) {
      const targets: TargetRow[] = await this.#knex('change_targets')
        .whereIn('change_id', ids)
        .orderBy(['change_id', 'environment', 'module', 'cluster']);
      for (const row of targets) {
        byChange.get(row.change_id)?.push(rowToTarget(row));
      }
    }
    return rows.map(row => ({
      id: row.id,
      title: row.message.trim().split('\n', 1)[0],
      state: row.state,
      since: row.since,
      commit: row.commit ?? undefined,
      authorRef: row.author_ref,
      targets: byChange.get(row.id) ?? [],
    }));
  }

  /** What a change wrote; both places of what it moved. */
  async pathsOf(change: number): Promise<ChangedPath[]> {
    const rows: Array<{ planned: string; places: string }> = await this.#knex(
      'change_files',
    )
      .where({ change_id: change })
      .select('planned', 'places');
    return rows.flatMap(({ planned, places }) => {
      const { path, oldPath } = JSON.parse(planned);
      const paths: string[] = oldPath === undefined ? [path] : [oldPath, path];
      const parts: Place[] = JSON.parse(places);
      return paths.map((one, index) => ({ path: one, place: parts[index] }));
    });
  }

  /** The newest change in the branch after this one that touches the same module on the same target. */
  async laterChange(
    change: number,
    { environment, module, cluster, namespace }: FollowedTarget,
  ): Promise<number | undefined> {
    const row = await this.#knex('change_targets')
      .join('changes', 'changes.id', 'change_targets.change_id')
      .where({ environment, module, cluster, namespace })
      .where('changes.config_repo', this.#configRepo)
      .where('changes.id', '>', change)
      .whereNotNull('changes.commit')
      .max({ id: 'changes.id' })
      .first();
    return row?.id ?? undefined;
  }

  /** Writes how a change stands, and its end when it has one. */
  async save(
    change: number,
    verdicts: ReadonlyArray<{ target: FollowedTarget; verdict: TargetVerdict }>,
    end: FollowedEnd | undefined,
  ): Promise<void> {
    await this.#write(async tx => {
      const sequence = await nextSequence(tx);
      const row: ChangeRow | undefined = await tx('changes')
        .where({ id: change, state: 'Following' })
        .first();
      if (!row) return;
      const at = this.#now().toISOString();
      for (const { target, verdict } of verdicts) {
        const { environment, module, cluster, namespace } = target;
        await tx('change_targets')
          .where({ change_id: change, environment, module, cluster, namespace })
          .update({
            state: verdict.state,
            reason: json(verdict.reason),
            ended: verdict.ended,
            ...(verdict.state !== target.state && { since: at }),
          });
      }
      await tx('changes')
        .where({ id: change })
        .update({
          sequence,
          ...(end && {
            state: end.state,
            since: at,
            steps: withStep(row.steps, end.step, at),
          }),
          ...(end?.reason && { reason: json(end.reason) }),
        });
    });
  }

  /** There is nobody left to tell how a change ended. */
  async markNotified(changes: readonly number[]): Promise<void> {
    await this.#write(tx =>
      tx('changes')
        .whereIn('id', [...changes])
        .update({ notified_at: this.#now().toISOString() }),
    );
  }

  async #write(write: (tx: Knex.Transaction) => Promise<unknown>) {
    await this.#knex.transaction(async tx => {
      await assertFence(tx, this.#lease);
      await write(tx);
    });
  }
}

function rowToTarget(row: TargetRow): FollowedTarget {
  const { environment, module, cluster, namespace, state } = row;
  return {
    environment,
    module,
    shared: Boolean(row.shared),
    cluster,
    namespace,
    state,
    reason: fromJson(row.reason),
    ended: Boolean(row.ended),
  };
}

function json(reason: Reason | undefined): string | null {
  return reason === undefined ? null : JSON.stringify(reason);
}
