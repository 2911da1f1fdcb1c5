import type { CommitInfo } from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoGit, Snapshot } from '../git';
import type { EnvironmentModel, RepoModel } from '../status/types';
import type { RepoModels } from './RepoModels';

/** The branch has another head than before. */
export interface HeadMove {
  model: RepoModel;
  snapshot: Snapshot;
  /** Those of which Git says something else now. */
  environments: Set<string> | 'all';
}

/**
 * What Git says of a config repo at the head of its branch, and what of it is another after each move. A push of some files touches
 * the environments that they are in, and nothing else is looked at.
 */
export class RepoHead {
  readonly #git: ConfigRepoGit;
  readonly #models: RepoModels;
  readonly #signal: AbortSignal;
  #model: RepoModel | undefined;
  #lastChanges = new Map<string, CommitInfo>();
  /** Paths of modules of which history was not asked since they changed. */
  #unlearnt: Set<string> | 'all' = 'all';
  #learning: Promise<unknown> = Promise.resolve();

  private constructor(
    git: ConfigRepoGit,
    models: RepoModels,
    signal: AbortSignal,
  ) {
    this.#git = git;
    this.#models = models;
    this.#signal = signal;
  }

  static create(options: {
    git: ConfigRepoGit;
    models: RepoModels;
    signal: AbortSignal;
  }): RepoHead {
    return new RepoHead(options.git, options.models, options.signal);
  }

  /** As of the last move that was taken. */
  get model(): RepoModel | undefined {
    return this.#model;
  }

  /** The commit that last changed a module, as far as history was learnt. */
  lastChangeOf(path: string): CommitInfo | undefined {
    return this.#lastChanges.get(path);
  }

  /** Goes where the branch's head was last seen; undefined when that is where it was. */
  async take(): Promise<HeadMove | undefined> {
    const { snapshot } = this.#git;
    const before = this.#model;
    if (!snapshot || snapshot.commit === before?.commit) return undefined;
    const model = await this.#models.at(this.#git, snapshot);
    this.#model = model;
    if (
      before?.structure !== model.structure ||
      !this.#git.isLinearSince(before.commit)
    ) {
      this.#unlearnt = 'all';
      return { model, snapshot, environments: 'all' };
    }
    const changed = changedEnvironments(before, model);
    if (this.#unlearnt !== 'all') {
      for (const { paths } of changed) {
        for (const path of paths) this.#unlearnt.add(path);
      }
    }
    const environments = new Set(changed.map(({ name }) => name));
    return { model, snapshot, environments };
  }

  /**
   * Asks history who last changed what moved, one question after the other.
   *
   * @returns the environments of which it tells something new
   */
  async learnHistory(): Promise<Set<string> | 'all'> {
    const learning = this.#learning.then(() => this.#learn());
    this.#learning = learning.catch(() => undefined);
    return learning;
  }

  async #learn(): Promise<Set<string> | 'all'> {
    const wanted = this.#unlearnt;
    const environments = this.#model?.environments ?? [];
    const modules = environments.flatMap(one => one.modules);
    const paths = wanted === 'all' ? modules.map(one => one.path) : [...wanted];
    if (paths.length === 0) return new Set();
    this.#unlearnt = new Set();
    let found: Map<string, CommitInfo>;
    try {
      found = await this.#git.lastChanges(paths, { signal: this.#signal });
    } catch (error) {
      this.#unlearnt = 'all';
      throw error;
    }
    if (wanted === 'all') {
      this.#lastChanges = found;
      return 'all';
    }
    for (const [path, commit] of found) this.#lastChanges.set(path, commit);
    return new Set(
      environments
        .filter(one => one.modules.some(({ path }) => wanted.has(path)))
        .map(({ name }) => name),
    );
  }
}

/** Where models have the same structure, the same environments are the same objects. */
function changedEnvironments(
  before: RepoModel,
  after: RepoModel,
): Array<{ name: string; paths: string[] }> {
  return after.environments.flatMap((environment, index) => {
    const old = before.environments[index];
    return old === environment
      ? []
      : [{ name: environment.name, paths: changedModules(old, environment) }];
  });
}

function changedModules(
  before: EnvironmentModel,
  after: EnvironmentModel,
): string[] {
  return after.modules.flatMap(({ path, objectId }, index) =>
    before.modules[index].objectId === objectId ? [] : [path],
  );
}
