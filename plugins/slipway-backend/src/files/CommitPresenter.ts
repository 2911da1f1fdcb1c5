import type { Commit } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import type { ForgeLinks } from '../configRepos/ForgeLinks';
import { chunks } from '../database/chunks';
import type { CommitInfo } from '../git';
import { toCommit } from './commits';

/** Adds to commits what Slipway knows of them. */
export class CommitPresenter {
  readonly #knex: Knex;
  readonly #links: ForgeLinks;

  private constructor(knex: Knex, links: ForgeLinks) {
    this.#knex = knex;
    this.#links = links;
  }

  static create(options: { knex: Knex; links: ForgeLinks }): CommitPresenter {
    return new CommitPresenter(options.knex, options.links);
  }

  async present(
    configRepo: string,
    infos: readonly CommitInfo[],
  ): Promise<Commit[]> {
    const changes = await this.#changes(
      configRepo,
      infos.map(info => info.commit),
    );
    return infos.map(info => ({
      ...toCommit(info),
      change: changes.get(info.commit),
      url: this.#links.commit(configRepo, info.commit),
    }));
  }

  /** By the record of what was pushed: what a commit says of itself is a claim. */
  async #changes(
    configRepo: string,
    commits: string[],
  ): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (const some of chunks(commits)) {
      const rows: Array<{ commit: string; change_id: number }> =
        await this.#knex('change_attempts')
          .join('changes', 'changes.id', 'change_attempts.change_id')
          .where('changes.config_repo', configRepo)
          .where('change_attempts.result', 'pushed')
          .whereIn('change_attempts.commit', some)
          .select('change_attempts.commit', 'change_attempts.change_id');
      for (const row of rows) found.set(row.commit, row.change_id);
    }
    return found;
  }
}
