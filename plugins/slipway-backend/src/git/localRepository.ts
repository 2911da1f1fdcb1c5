import type { FetchAnswer, ShallowUpdate } from './fetchProtocol';
import { BareRepository } from './bareRepository';
import type { EncodedPack } from './encodePack';
import { GitError } from './gitError';
import { History } from './history';
import { ObjectStore } from './objectStore';
import { TreeNode, TreeSnapshot } from './snapshot';
import { TreeNodes } from './treeNodes';
import { parseTree, TreeEntry } from './treeParser';

export interface ReceiveOptions {
  answer: Extract<FetchAnswer, { type: 'pack' }>;
  /** True when file contents were left out. */
  partial: boolean;
  /** Keep the trees at hand for the snapshot that is built next. */
  forSnapshot: boolean;
  maxBytes: number;
  signal: AbortSignal;
}

/** The cache on disk, and what was read from it. */
export class LocalRepository {
  readonly #files: BareRepository;
  #store: ObjectStore;
  #shallow: Set<string>;
  #head: string | undefined;
  #history: History;
  #nodes: TreeNodes;
  readonly #fresh = new Map<string, TreeEntry[]>();

  private constructor(
    files: BareRepository,
    store: ObjectStore,
    shallow: Set<string>,
    head: string | undefined,
  ) {
    this.#files = files;
    this.#store = store;
    this.#shallow = shallow;
    this.#head = head;
    this.#history = new History(store, shallow);
    this.#nodes = this.#makeNodes();
  }

  /** Throws {@link GitError} `corrupt` when what is there cannot be used. */
  static async open(files: BareRepository): Promise<LocalRepository> {
    if (!(await files.matches())) {
      await files.reset();
    }
    const store = await ObjectStore.open(files.packDirectory);
    const head = await files.readBranch();
    return new LocalRepository(files, store, await files.readShallow(), head);
  }

  get store(): ObjectStore {
    return this.#store;
  }

  get history(): History {
    return this.#history;
  }

  /** Commits whose parents are not here. */
  get shallow(): ReadonlySet<string> {
    return this.#shallow;
  }

  /** The branch's commit, as of the last fetch. */
  get head(): string | undefined {
    return this.#head;
  }

  /**
   * The tree of the head; what only older ones hold may be forgotten.
   *
   * Throws {@link GitError} `corrupt` when a tree is missing.
   */
  snapshot(commit: string): TreeSnapshot {
    const { tree } = this.#history.commit(commit);
    const snapshot = this.#makeSnapshot(commit, this.#nodes.build(tree));
    this.#fresh.clear();
    return snapshot;
  }

  /** {@link LocalRepository.snapshot} of any commit that is here. */
  snapshotOf(commit: string): TreeSnapshot {
    const { tree } = this.#history.commit(commit);
    return this.#makeSnapshot(commit, this.#nodes.find(tree));
  }

  async receive(options: ReceiveOptions): Promise<void> {
    const { answer, forSnapshot, partial, maxBytes, signal } = options;
    // Shallow commits are noted before the pack becomes visible, full ones
    // after it: a crash in between leaves commits that seem shallow, never a
    // hole in history that looks like none.
    await this.#graft(answer.update.shallow, []);
    await this.#store.addPack({
      chunks: answer.pack,
      partial,
      maxBytes,
      signal,
      onObject: (oid, object) => {
        if (forSnapshot && object.type === 'tree') {
          this.#fresh.set(oid, parseTree(object.data));
        }
      },
    });
    await this.#graft([], answer.update.unshallow);
  }

  /** Keeps what was pushed: the remote has it, and all that it names. */
  async keep(pack: EncodedPack): Promise<void> {
    await this.#store.addEncoded(pack);
  }

  /** @param options - `durably`: false for a head that goes with what {@link LocalRepository.keep} kept */
  async setHead(commit: string, options = { durably: true }): Promise<void> {
    await this.#files.writeBranch(commit, options);
    this.#head = commit;
  }

  /** Throws away everything on disk. Snapshots that were handed out stay. */
  async reset(): Promise<void> {
    this.#store.close();
    await this.#files.reset();
    this.#store = await ObjectStore.open(this.#files.packDirectory);
    this.#shallow = new Set();
    this.#head = undefined;
    this.#fresh.clear();
    this.#history = new History(this.#store, this.#shallow);
    this.#nodes = this.#makeNodes();
  }

  close(): void {
    this.#store.close();
  }

  async #graft(
    shallow: ShallowUpdate['shallow'],
    unshallow: ShallowUpdate['unshallow'],
  ): Promise<void> {
    const before = this.#shallow.size;
    for (const commit of shallow) {
      this.#shallow.add(commit);
    }
    let changed = this.#shallow.size !== before;
    for (const commit of unshallow) {
      changed = this.#shallow.delete(commit) || changed;
    }
    if (changed) {
      await this.#files.writeShallow(this.#shallow);
    }
  }

  #makeSnapshot(commit: string, root: TreeNode): TreeSnapshot {
    return new TreeSnapshot(commit, root, oid => this.#nodes.find(oid));
  }

  #makeNodes(): TreeNodes {
    return new TreeNodes(oid => {
      const fresh = this.#fresh.get(oid);
      if (fresh) {
        return fresh;
      }
      const object = this.#store.read(oid);
      if (object?.type !== 'tree') {
        throw new GitError('corrupt', `tree ${oid} is missing from the cache`);
      }
      return parseTree(object.data);
    });
  }
}
