import type { CommitInfo } from '@slipway/backstage-plugin-slipway-common';
import type { ConfigRepoGit, Snapshot } from '../git';
import type { RepoModel } from '../status/types';
import { readRepoModel } from './readRepoModel';
import { updateRepoModel } from './updateRepoModel';

interface Known {
  snapshot: Snapshot;
  model: Promise<RepoModel>;
}

/** What Git says of config repos at their heads, read once for each commit, whoever asks. */
export class RepoModels {
  readonly #clusters: Set<string>;
  readonly #known = new WeakMap<ConfigRepoGit, Known>();

  private constructor(clusters: Set<string>) {
    this.#clusters = clusters;
  }

  /** @param options - `clusters`: names of the configured clusters */
  static create(options: { clusters: Set<string> }): RepoModels {
    return new RepoModels(options.clusters);
  }

  /** Throws what reading `.slipway/` from Git throws. */
  async at(git: ConfigRepoGit, snapshot: Snapshot): Promise<RepoModel> {
    const known = this.#known.get(git);
    if (known?.snapshot.commit === snapshot.commit) return known.model;
    const model = this.#read(git, snapshot, known);
    this.#known.set(git, { snapshot, model });
    model.catch(() => {
      if (this.#known.get(git)?.model !== model) return;
      if (known) this.#known.set(git, known);
      else this.#known.delete(git);
    });
    return model;
  }

  async #read(
    git: ConfigRepoGit,
    snapshot: Snapshot,
    known: Known | undefined,
  ): Promise<RepoModel> {
    const previous = await known?.model.catch(() => undefined);
    const head = await readHead(git, snapshot.commit);
    const updated =
      known &&
      previous &&
      updateRepoModel({ previous, before: known.snapshot, snapshot, head });
    return (
      updated ??
      readRepoModel({
        snapshot,
        head,
        readBlob: oid => git.readBlob(oid),
        clusters: this.#clusters,
        lastGood: previous?.file,
      })
    );
  }
}

/** Addresses of people stay in Git. */
async function readHead(
  git: ConfigRepoGit,
  commit: string,
): Promise<CommitInfo> {
  const { authorName, at, subject } = await git.commitInfo(commit);
  return { commit, authorName, at, subject };
}
