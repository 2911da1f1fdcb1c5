import type {
  ChangeAttemptsInner,
  ChangeStepsInner,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { chunks } from '../database/chunks';
import { nextSequence } from '../database/sequence';
import {
  type AttemptRow,
  type ChangeRow,
  type OperationRow,
  rowToChange,
  rowToOperation,
} from './changeRows';
import {
  insertChangeParts,
  insertCopy,
  searchTextOf,
} from './insertChangeParts';
import { dropContents, lastAttempts, updateChanges } from './changeUpdates';
import { withStep } from './withStep';
import type { ContentOperation } from './plan/types';
import type {
  NewAttempt,
  NewChange,
  PendingChange,
  StoredChange,
} from './types';

const PENDING = ['Accepted', 'Pushing'];

/** Changes in the database. */
export class DatabaseChangeStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  static create(options: { knex: Knex; now?: () => Date }) {
    return new DatabaseChangeStore(
      options.knex,
      options.now ?? (() => new Date()),
    );
  }

  /** Records a change, or finds the one that came before with the same author and key. */
  async insert(change: NewChange): Promise<StoredChange> {
    const { configRepo, author, idempotencyKey } = change;
    const recorded = await this.#knex.transaction(async tx => {
      const at = this.#now().toISOString();
      const steps: ChangeStepsInner[] = [{ step: 'requested', at }];
      const [row]: Array<ChangeRow | undefined> = await tx('changes')
        .insert({
          config_repo: configRepo,
          kind: change.kind,
          state: 'Accepted',
          since: at,
          title: change.message.trim().split('\n', 1)[0].slice(0, 1000),
          message: change.message,
          change_reason: change.changeReason,
          author_name: author.name,
          author_email: author.email,
          author_ref: author.entityRef,
          requested_at: at,
          idempotency_key: idempotencyKey,
          base: change.plan.base,
          digest: change.plan.digest,
          undoes: change.undoes,
          granted: change.granted && JSON.stringify(change.granted),
          steps: JSON.stringify(steps),
          search_text: searchTextOf(change),
          sequence: await nextSequence(tx),
        })
        .onConflict(['config_repo', 'author_ref', 'idempotency_key'])
        .ignore()
        .returning('*');
      if (row) await insertChangeParts(tx, row.id, change, at);
      if (row && change.copy) await insertCopy(tx, row.id, change.copy);
      return row && rowToChange(row, []);
    });
    const stored =
      recorded ??
      (await this.#find({
        config_repo: configRepo,
        author_ref: author.entityRef,
        idempotency_key: idempotencyKey,
      }));
    if (!stored) throw new Error('A change that was recorded is not there');
    return stored;
  }

  async get(id: number): Promise<StoredChange | undefined> {
    return this.#find({ id });
  }

  /** The change that someone asked for with this key before. */
  async findByKey(
    configRepo: string,
    authorRef: string,
    idempotencyKey: string,
  ): Promise<StoredChange | undefined> {
    return this.#find({
      config_repo: configRepo,
      author_ref: authorRef,
      idempotency_key: idempotencyKey,
    });
  }

  /** Renames that the person asked for. */
  async renamesOf(id: number): Promise<Array<{ from: string; to: string }>> {
    const rows: Array<Pick<OperationRow, 'operation'>> = await this.#knex(
      'change_files',
    )
      .where({ change_id: id })
      .select('operation');
    return rows.flatMap(row => {
      const { type, path, from }: ContentOperation = JSON.parse(row.operation);
      return type === 'rename' && from !== undefined
        ? [{ from, to: path }]
        : [];
    });
  }

  /** Config repos for which something waits to be pushed. */
  async pendingConfigRepos(): Promise<string[]> {
    const rows: Array<{ config_repo: string }> = await this.#knex('changes')
      .whereIn('state', PENDING)
      .distinct('config_repo');
    return rows.map(row => row.config_repo);
  }

  /** What waits to be pushed to a config repo, in the order in which it was asked for. */
  async pending(configRepo: string, limit: number): Promise<PendingChange[]> {
    const rows: ChangeRow[] = await this.#knex('changes')
      .where({ config_repo: configRepo })
      .whereIn('state', PENDING)
      .orderBy('id')
      .limit(limit);
    if (rows.length === 0) return [];
    const ids = rows.map(row => row.id);
    const attempts = await this.#attempts(ids);
    const operations: OperationRow[] = await this.#knex('change_files')
      .whereIn('change_id', ids)
      .orderBy('position');
    return rows.map(row => ({
      ...rowToChange(row, attempts),
      operations: operations
        .filter(operation => operation.change_id === row.id)
        .map(rowToOperation),
    }));
  }

  /**
   * Records commits before they are sent.
   *
   * @returns whether all of these changes still wait; nothing is recorded otherwise
   */
  async recordAttempts(attempts: readonly NewAttempt[]): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const ids = attempts.map(({ change }) => change);
      const sequence = await nextSequence(tx);
      const rows: ChangeRow[] = await tx('changes')
        .whereIn('id', ids)
        .whereIn('state', PENDING)
        .select();
      if (rows.length < ids.length) return false;
      const at = this.#now().toISOString();
      const numbers = await lastAttempts(tx, ids);
      const sent = attempts.map(({ change, base, commit }) => ({
        change_id: change,
        number: (numbers.get(change) ?? 0) + 1,
        base,
        commit,
        at,
        result: 'sent',
      }));
      for (const some of chunks(sent)) await tx('change_attempts').insert(some);
      await updateChanges(
        tx,
        rows
          .filter(row => row.state !== 'Pushing')
          .map(row => ({
            ...row,
            state: 'Pushing',
            since: at,
            steps: withStep(row.steps, 'pushing', at),
            sequence,
          })),
      );
      return true;
    });
  }

  /** Says how attempts ended that did not get into the branch, or may have. */
  async endAttempts(
    commits: readonly string[],
    result: ChangeAttemptsInner['result'],
    words?: string,
  ): Promise<void> {
    await this.#knex('change_attempts')
      .whereIn('commit', [...commits])
      .whereNot({ result: 'pushed' })
      .update({ result, words });
  }

  /** These commits are in the branch, each for its change; contents are not needed any more. */
  async markPushed(
    pushed: ReadonlyArray<{ change: number; commit: string }>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const sequence = await nextSequence(tx);
      const at = this.#now().toISOString();
      const commits = new Map(
        pushed.map(({ change, commit }) => [change, commit]),
      );
      await tx('change_attempts')
        .whereIn('commit', [...commits.values()])
        .whereIn('change_id', [...commits.keys()])
        .update({ result: 'pushed' });
      const rows: ChangeRow[] = await tx('changes')
        .whereIn('id', [...commits.keys()])
        .whereNull('commit');
      await updateChanges(
        tx,
        rows.map(row => ({
          ...row,
          state: 'Following',
          since: at,
          reason: null,
          commit: commits.get(row.id)!,
          steps: withStep(row.steps, 'pushed', at),
          sequence,
        })),
      );
      await dropContents(
        tx,
        rows.map(({ id }) => id),
      );
    });
  }

  /** Gives up on a change that is not in the branch. */
  async markFailed(change: number, reason: Reason): Promise<void> {
    await this.#knex.transaction(async tx => {
      const sequence = await nextSequence(tx);
      const row: ChangeRow | undefined = await tx('changes')
        .where({ id: change })
        .whereIn('state', PENDING)
        .first();
      if (!row) return;
      const at = this.#now().toISOString();
      await tx('changes')
        .where({ id: change })
        .update({
          state: 'Failed',
          since: at,
          reason: JSON.stringify(reason),
          steps: withStep(row.steps, 'failed', at),
          sequence,
        });
      await dropContents(tx, [change]);
    });
  }

  async #find(
    where: Record<string, unknown>,
  ): Promise<StoredChange | undefined> {
    const row: ChangeRow | undefined = await this.#knex('changes')
      .where(where)
      .first();
    return row && rowToChange(row, await this.#attempts([row.id]));
  }

  async #attempts(ids: number[]): Promise<AttemptRow[]> {
    return this.#knex('change_attempts')
      .whereIn('change_id', ids)
      .orderBy(['change_id', 'number']);
  }
}
