import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ChangeStepsInner,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { chunks } from '../../../database/chunks';
import { RefusedRows } from '../../../database/RefusedRows';
import { nextSequence } from '../../../database/sequence';
import { storable } from '../../../database/storable';
import { writeRows } from '../../../database/writeRows';
import type { CommitInfo } from '../../../git';
import { assertFence, type LeaseFence } from '../../../leases';
import { insertChangeParts, searchTextOf } from '../../insertChangeParts';
import type { NewChange } from '../../types';

/** A push that came past Slipway. */
export interface ExternalChange extends Pick<NewChange, 'operations' | 'plan'> {
  /** Its last commit. */
  info: CommitInfo;
  /** What is particular about it. */
  reason?: Reason;
}

/** Up to where a branch was looked at, and the changes found on the way; both move in one transaction. */
export class ExternalChangeStore {
  readonly #knex: Knex;
  readonly #configRepo: string;
  readonly #lease: LeaseFence;
  readonly #now: () => Date;
  readonly #refused: RefusedRows;

  constructor(options: {
    knex: Knex;
    configRepo: string;
    lease: LeaseFence;
    now: () => Date;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#configRepo = options.configRepo;
    this.#lease = options.lease;
    this.#now = options.now;
    this.#refused = RefusedRows.create(options);
  }

  /** The commit up to which the branch was looked at. */
  async seen(): Promise<string | undefined> {
    const row = await this.#knex('change_heads')
      .where({ config_repo: this.#configRepo })
      .first('commit');
    return row?.commit;
  }

  /** What was there before is nobody's change. */
  async begin(commit: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      await assertFence(tx, this.#lease);
      const at = this.#now().toISOString();
      await tx('change_heads').insert({
        config_repo: this.#configRepo,
        commit,
        at,
      });
    });
  }

  /** Those of these commits that Slipway made, whether it knows that they arrived or not. */
  async ours(commits: string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const some of chunks(commits)) {
      const rows: string[] = await this.#knex('change_attempts')
        .join('changes', 'changes.id', 'change_attempts.change_id')
        .where('changes.config_repo', this.#configRepo)
        .whereIn('change_attempts.commit', some)
        .pluck('change_attempts.commit');
      for (const commit of rows) found.add(commit);
    }
    return found;
  }

  /** Records what came between two commits; a change that the database does not take holds up none that come after it. */
  async advance(
    from: string,
    to: string,
    changes: readonly ExternalChange[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await assertFence(tx, this.#lease);
      const at = this.#now().toISOString();
      const moved = await tx('change_heads')
        .where({ config_repo: this.#configRepo, commit: from })
        .update({ commit: to, at });
      if (moved === 0) return;
      for (const change of changes) {
        await writeRows(tx, [change], {
          write: savepoint => this.#insert(savepoint, change, at),
          onRefused: ({ info }, error) =>
            this.#refused.tell(
              `Commit ${info.commit} of config repo '${this.#configRepo}'`,
              error,
            ),
        });
      }
    });
  }

  async #insert(
    tx: Knex.Transaction,
    { info, reason, operations, plan }: ExternalChange,
    at: string,
  ): Promise<void> {
    // Clocks of others may be ahead; a change is not asked for after it is in the branch.
    const requestedAt = info.committerAt < at ? info.committerAt : at;
    const milliseconds = Date.parse(at) - Date.parse(requestedAt);
    const steps: ChangeStepsInner[] = [
      { step: 'requested', at: requestedAt },
      { step: 'pushed', at, milliseconds },
    ];
    const author = {
      name: storable(info.authorName, 500),
      email: storable(info.authorEmail, 500),
      entityRef: '',
    };
    const message = storable(info.message);
    const [row]: Array<{ id: number }> = await tx('changes')
      .insert({
        config_repo: this.#configRepo,
        kind: 'external',
        state: 'Following',
        since: at,
        reason: reason && JSON.stringify(reason),
        title: storable(info.subject, 1000),
        message,
        author_name: author.name,
        author_email: author.email,
        author_ref: author.entityRef,
        requested_at: requestedAt,
        base: plan.base,
        digest: plan.digest,
        commit: info.commit,
        steps: JSON.stringify(steps),
        search_text: searchTextOf({ message, author }),
        sequence: await nextSequence(tx),
      })
      .returning('id');
    const change = { configRepo: this.#configRepo, operations, plan };
    await insertChangeParts(tx, row.id, change, at);
  }
}
