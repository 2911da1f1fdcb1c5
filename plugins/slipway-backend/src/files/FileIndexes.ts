import type { ConfigRepoReader } from '../configRepos/ConfigRepoReader';
import type { ConfigRepoGit } from '../git';
import { buildFileIndex, type FileIndex } from './FileIndex';

/** Commits of a config repo whose lists are kept, so that a list begun before a push can be read to its end. */
const KEPT = 3;

/** The lists of files of config repos, each made once for a commit. */
export class FileIndexes {
  readonly #reader: ConfigRepoReader;
  readonly #kept = new Map<string, FileIndex[]>();

  constructor(reader: ConfigRepoReader) {
    this.#reader = reader;
  }

  /** The list of the branch head, or of `commit` while that is kept. */
  async get(
    configRepo: string,
    options: { commit?: string; signal?: AbortSignal },
  ): Promise<{ index: FileIndex; git: ConfigRepoGit }> {
    const { git, snapshot, model } = await this.#reader.head(
      configRepo,
      options.signal,
    );
    const kept = this.#kept.get(configRepo) ?? [];
    const older = kept.find(index => index.commit === options.commit);
    if (older) return { index: older, git };
    const known = kept.find(index => index.commit === snapshot.commit);
    if (known) return { index: known, git };
    const index = buildFileIndex({ configRepo, snapshot, model });
    this.#kept.set(configRepo, [index, ...kept].slice(0, KEPT));
    return { index, git };
  }
}
