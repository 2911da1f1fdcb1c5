import type { Knex } from 'knex';
import type { Place } from '../configRepos/placeOf';
import {
  covers,
  readCoveredEnvironments,
  type CoveredEnvironments,
  type EnvironmentAccess,
} from '../permissions';

/** What one caller may read of one config repo. */
export class FileAccess {
  readonly #environments: CoveredEnvironments;

  private constructor(environments: CoveredEnvironments) {
    this.#environments = environments;
  }

  static async read(
    knex: Knex,
    configRepo: string,
    access: EnvironmentAccess,
  ): Promise<FileAccess> {
    const all = await FileAccess.readAll(knex, [configRepo], access);
    return all.get(configRepo) ?? new FileAccess(new Set());
  }

  /** Of several config repos, in one query. */
  static async readAll(
    knex: Knex,
    configRepos: readonly string[],
    access: EnvironmentAccess,
  ): Promise<Map<string, FileAccess>> {
    const covered = await readCoveredEnvironments(knex, configRepos, access);
    return new Map(
      [...covered].map(([name, environments]) => [
        name,
        new FileAccess(environments),
      ]),
    );
  }

  /** Whether there is anything in the config repo that the caller may read. */
  get any(): boolean {
    return this.#environments === 'all' || this.#environments.size > 0;
  }

  mayRead(place: Place): boolean {
    switch (place.type) {
      case 'module':
        return this.#has(place.environment);
      case 'shared':
        return place.touches.some(one => this.#has(one.environment));
      case 'metadata':
        return place.environment === undefined
          ? this.any
          : this.#has(place.environment);
      default:
        return this.any;
    }
  }

  #has(environment: string): boolean {
    return covers(this.#environments, environment);
  }
}
