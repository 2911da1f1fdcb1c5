import type { Commit } from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { changesOfCommits } from '../changes/read/changesOfCommits';
import type { ForgeLinks } from '../configRepos/ForgeLinks';
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
    const changes = await changesOfCommits(
      this.#knex,
      configRepo,
      infos.map(info => info.commit),
    );
    return infos.map(info => ({
      ...toCommit(info),
      change: changes.get(info.commit),
      url: this.#links.commit(configRepo, info.commit),
    }));
  }
}
