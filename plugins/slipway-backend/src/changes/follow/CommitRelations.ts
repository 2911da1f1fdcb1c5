import { CommitNotFound, type ConfigRepoGit } from '../../git';

const KEPT = 20_000;
const COMMIT = /^[0-9a-f]{40}$/;

/** How commits of a config repo relate. Answers about commits hold for good and are kept: no event costs a question to Git twice. */
export class CommitRelations {
  readonly #git: Pick<ConfigRepoGit, 'commitsBetween' | 'objectAt'>;
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(git: Pick<ConfigRepoGit, 'commitsBetween' | 'objectAt'>) {
    this.#git = git;
  }

  /** Whether a commit is in the history of a revision, by whatever name an engine has for it. */
  async includes(
    revision: string | undefined,
    commit: string,
  ): Promise<boolean> {
    if (!revision || !COMMIT.test(revision)) return false;
    if (revision === commit) return true;
    return this.#kept(`${revision} ${commit}`, async () => {
      const missing = await this.#git.commitsBetween(revision, commit, 1);
      return missing.length === 0;
    });
  }

  /** Whether two commits hold the same at all of these paths. */
  async sameAt(a: string, b: string, paths: string[]): Promise<boolean> {
    if (a === b) return true;
    for (const path of paths) {
      const same = await this.#kept(`${a} ${b} ${path}`, async () => {
        const [one, other] = await Promise.all([
          this.#git.objectAt(a, path),
          this.#git.objectAt(b, path),
        ]);
        return one === other;
      });
      if (!same) return false;
    }
    return true;
  }

  /** Whether a commit holds anything at a path. */
  async holds(commit: string, path: string): Promise<boolean> {
    return this.#kept(
      `${commit} ${path}`,
      async () => (await this.#git.objectAt(commit, path)) !== undefined,
    );
  }

  /** A commit that is not to be had now is in nothing, but may come. */
  async #kept(key: string, ask: () => Promise<boolean>): Promise<boolean> {
    const known = this.#answers.get(key);
    if (known) return known;
    if (this.#answers.size >= KEPT) this.#answers.clear();
    const answer = ask();
    this.#answers.set(key, answer);
    try {
      return await answer;
    } catch (error) {
      this.#answers.delete(key);
      if (error instanceof CommitNotFound) return false;
      throw error;
    }
  }
}
