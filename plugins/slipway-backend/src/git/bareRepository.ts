import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/**
 * The files of a bare repository beside its objects: what makes the cache one
 * that git and isomorphic-git accept. Everything is replaced in one step.
 */
export class BareRepository {
  readonly packDirectory: string;
  readonly #directory: string;
  readonly #url: string;
  readonly #branch: string;

  constructor(directory: string, url: string, branch: string) {
    this.packDirectory = join(directory, 'objects', 'pack');
    this.#directory = directory;
    this.#url = url;
    this.#branch = branch;
  }

  /** True when the folder already is the cache of this URL and branch. */
  async matches(): Promise<boolean> {
    const [config, head] = await Promise.all([
      this.#read('config'),
      this.#read('HEAD'),
    ]);
    return config === this.#config() && head === this.#head();
  }

  /** Removes what is there (only Git's own names) and lays out an empty one. */
  async reset(): Promise<void> {
    for (const name of ['HEAD', 'refs', 'packed-refs', 'shallow', 'objects']) {
      await rm(join(this.#directory, name), { recursive: true, force: true });
    }
    await mkdir(this.packDirectory, { recursive: true });
    await mkdir(join(this.#directory, 'refs', 'heads'), { recursive: true });
    await this.#write('config', this.#config());
    await this.#write('HEAD', this.#head());
  }

  /** The commit of the branch, or undefined before the first fetch. */
  async readBranch(): Promise<string | undefined> {
    const text = await this.#read(`refs/heads/${this.#branch}`);
    return text && /^[0-9a-f]{40}\n$/.test(text) ? text.trim() : undefined;
  }

  /** @param options - `durably`: whether to wait for the disk */
  async writeBranch(
    commit: string,
    options: { durably: boolean },
  ): Promise<void> {
    await this.#write(`refs/heads/${this.#branch}`, `${commit}\n`, options);
  }

  /** The commits whose parents were left out. */
  async readShallow(): Promise<Set<string>> {
    const text = (await this.#read('shallow')) ?? '';
    return new Set(
      text.split('\n').filter(line => /^[0-9a-f]{40}$/.test(line)),
    );
  }

  async writeShallow(commits: ReadonlySet<string>): Promise<void> {
    if (commits.size === 0) {
      await rm(join(this.#directory, 'shallow'), { force: true });
      return;
    }
    await this.#write('shallow', `${[...commits].sort().join('\n')}\n`);
  }

  #head(): string {
    return `ref: refs/heads/${this.#branch}\n`;
  }

  #config(): string {
    // A promisor remote tells git that absent objects are no damage.
    return [
      '[core]',
      '\trepositoryformatversion = 1',
      '\tfilemode = true',
      '\tbare = true',
      '[extensions]',
      '\tpartialClone = origin',
      '[gc]',
      '\tauto = 0',
      '[remote "origin"]',
      `\turl = ${JSON.stringify(this.#url)}`,
      '\tpromisor = true',
      '\tpartialclonefilter = blob:none',
      '',
    ].join('\n');
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.#directory, name), 'utf8');
    } catch {
      // Absent and unreadable are one: both are mended by a fresh fetch.
      return undefined;
    }
  }

  async #write(
    name: string,
    text: string,
    { durably } = { durably: true },
  ): Promise<void> {
    const path = join(this.#directory, name);
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(this.#directory, `tmp_${randomUUID()}`);
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(text);
      if (durably) await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  }
}
