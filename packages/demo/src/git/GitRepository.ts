import { runGit } from './runGit';

/** A person in a commit. */
export interface GitPerson {
  name: string;
  email: string;
}

/** One commit to add to a branch. A file without content is deleted. */
export interface GitCommit {
  message: string;
  author: GitPerson;
  date: Date;
  files: Map<string, string | undefined>;
}

/** Every text file of a commit, by path from the root. */
export type GitSnapshot = ReadonlyMap<string, string>;

const KEPT_SNAPSHOTS = 8;

/** A bare repository on disk: what the server, the seed and the Argo CD stand-in do with it. */
export class GitRepository {
  readonly name: string;
  readonly directory: string;
  readonly #snapshots = new Map<string, Promise<GitSnapshot>>();
  #blobs = new Map<string, string>();

  static create(options: { name: string; directory: string }): GitRepository {
    return new GitRepository(options.name, options.directory);
  }

  private constructor(name: string, directory: string) {
    this.name = name;
    this.directory = directory;
  }

  /** The commit that a branch, a tag, `HEAD` or an id names; undefined when there is none. */
  async resolve(revision: string): Promise<string | undefined> {
    for (const candidate of [
      `refs/heads/${revision}`,
      `refs/tags/${revision}`,
      revision,
    ]) {
      try {
        const id = await runGit(
          [
            'rev-parse',
            '--verify',
            '--quiet',
            '--end-of-options',
            `${candidate}^{commit}`,
          ],
          { directory: this.directory },
        );
        return id.toString().trim();
      } catch {
        continue;
      }
    }
    return undefined;
  }

  /** Reads a whole commit with two processes; blobs that an earlier commit had are not read again. */
  snapshot(commit: string): Promise<GitSnapshot> {
    let snapshot = this.#snapshots.get(commit);
    if (!snapshot) {
      snapshot = this.#readSnapshot(commit);
      this.#snapshots.set(commit, snapshot);
      snapshot.catch(() => this.#snapshots.delete(commit));
      for (const old of [...this.#snapshots.keys()].slice(0, -KEPT_SNAPSHOTS)) {
        this.#snapshots.delete(old);
      }
    }
    return snapshot;
  }

  /** Adds commits to a branch in one process; returns the new head. */
  async commit(branch: string, commits: GitCommit[]): Promise<string> {
    const ref = `refs/heads/${branch}`;
    const head = await this.resolve(ref);
    const parts: Buffer[] = [];
    const text = (value: string) => parts.push(Buffer.from(value));
    const data = (value: string) => {
      const content = Buffer.from(value);
      text(`data ${content.length}\n`);
      parts.push(content);
      text('\n');
    };
    commits.forEach((commit, index) => {
      const seconds = Math.floor(commit.date.getTime() / 1000);
      const person = `${commit.author.name} <${commit.author.email}> ${seconds} +0800`;
      text(`commit ${ref}\nauthor ${person}\ncommitter ${person}\n`);
      data(commit.message);
      if (index === 0 && head) {
        text(`from ${head}\n`);
      }
      for (const [path, content] of commit.files) {
        if (content === undefined) {
          text(`D ${path}\n`);
        } else {
          text(`M 100644 inline ${path}\n`);
          data(content);
        }
      }
    });
    await runGit(['fast-import', '--quiet', '--done'], {
      directory: this.directory,
      input: Buffer.concat([...parts, Buffer.from('done\n')]),
    });
    return (await this.resolve(ref))!;
  }

  async #readSnapshot(commit: string): Promise<GitSnapshot> {
    const listing = await runGit(
      ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit],
      { directory: this.directory },
    );
    const files = listing
      .toString('utf8')
      .split('\0')
      .flatMap(line => {
        const match = /^100\d{3} blob ([0-9a-f]+)\t([^]+)$/.exec(line);
        return match ? [{ id: match[1], path: match[2] }] : [];
      });
    const missing = [
      ...new Set(files.map(file => file.id).filter(id => !this.#blobs.has(id))),
    ];
    const known = new Map(this.#blobs);
    if (missing.length > 0) {
      const batch = await runGit(['cat-file', '--batch'], {
        directory: this.directory,
        input: `${missing.join('\n')}\n`,
      });
      let position = 0;
      for (const id of missing) {
        const end = batch.indexOf(10, position);
        const size = Number(
          batch.toString('latin1', position, end).split(' ')[2],
        );
        known.set(id, batch.toString('utf8', end + 1, end + 1 + size));
        position = end + 1 + size + 1;
      }
    }
    this.#blobs = new Map(files.map(file => [file.id, known.get(file.id)!]));
    return new Map(files.map(file => [file.path, known.get(file.id)!]));
  }
}
