import { GitError, type ConfigRepoGit, type Snapshot } from '../../git';
import { ByteLru } from '../../git/byteLru';
import { Pause } from '../../git/pause';
import { SharedCall } from '../../git/sharedCall';
import { KustomizeGraph } from './KustomizeGraph';
import {
  MAX_KUSTOMIZATION_BYTES,
  parseGenerator,
  parseKustomization,
  type ParsedKustomization,
} from './parseKustomization';

/** Trees of a config repo whose graphs are kept: the head, and what it is compared with. */
const KEPT = 4;
/** Bytes of parsed texts that are kept. */
const CACHE_BYTES = 32 * 1024 ** 2;

/** Longer than any path. */
const MAX_LINK_BYTES = 4096;

type ReadBlob = (
  oid: string,
  options: { maxBytes: number; signal: AbortSignal },
) => Promise<Buffer>;

/**
 * Reads the Kustomizations of one config repo at any of its trees. A text is read once, wherever and at whatever commit it stands, so
 * that a commit costs what it changed; callers at the same time share the work.
 */
export class KustomizationReader {
  readonly #readBlob: ReadBlob;
  readonly #parsed = new ByteLru<string, ParsedKustomization>(
    CACHE_BYTES,
    sizeOf,
  );
  readonly #graphs = new Map<string, KustomizeGraph>();
  readonly #reading = new Map<string, SharedCall<KustomizeGraph>>();

  constructor(git: Pick<ConfigRepoGit, 'readBlob'>) {
    this.#readBlob = (oid, options) => git.readBlob(oid, options);
  }

  /** @param newBlobs - contents that the tree has and Git does not have yet, by id */
  async graphOf(
    tree: Snapshot,
    options: {
      signal?: AbortSignal;
      newBlobs?: ReadonlyMap<string, Buffer>;
    } = {},
  ): Promise<KustomizeGraph> {
    const id = tree.rootTree;
    const known = this.#graphs.get(id);
    if (known) {
      this.#keep(id, known);
      return known;
    }
    for (const near of [...this.#graphs.values()].reverse()) {
      if (near.follow(tree)) {
        this.#keep(id, near);
        return near;
      }
    }
    const call = this.#reading.get(id) ?? new SharedCall<KustomizeGraph>();
    this.#reading.set(id, call);
    const { signal = new AbortController().signal, newBlobs } = options;
    return call.run(signal, async shared => {
      try {
        const graph = await this.#read(tree, shared, newBlobs);
        this.#keep(id, graph);
        return graph;
      } finally {
        this.#reading.delete(id);
      }
    });
  }

  #read(
    tree: Snapshot,
    signal: AbortSignal,
    newBlobs: ReadonlyMap<string, Buffer> | undefined,
  ): Promise<KustomizeGraph> {
    const readBlob = async (oid: string, maxBytes: number) =>
      newBlobs?.get(oid) ?? (await this.#readBlob(oid, { maxBytes, signal }));
    return KustomizeGraph.read({
      tree,
      pause: new Pause(signal),
      readLink: async oid => {
        const target = await unlessTooLarge(readBlob(oid, MAX_LINK_BYTES));
        return target?.toString('utf8') ?? '/';
      },
      parse: async (oid, as) => {
        const known = this.#parsed.get(`${as} ${oid}`);
        if (known) return known;
        const data = await unlessTooLarge(
          readBlob(oid, MAX_KUSTOMIZATION_BYTES),
        );
        if (!data || data.length > MAX_KUSTOMIZATION_BYTES) return undefined;
        const text = data.toString('utf8');
        const parsed =
          as === 'generator' ? parseGenerator(text) : parseKustomization(text);
        this.#parsed.set(`${as} ${oid}`, parsed);
        return parsed;
      },
    });
  }

  #keep(id: string, graph: KustomizeGraph): void {
    this.#graphs.delete(id);
    this.#graphs.set(id, graph);
    for (const old of this.#graphs.keys()) {
      if (this.#graphs.size <= KEPT) break;
      this.#graphs.delete(old);
    }
  }
}

async function unlessTooLarge(
  read: Promise<Buffer>,
): Promise<Buffer | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof GitError && error.problem === 'tooLarge') {
      return undefined;
    }
    throw error;
  }
}

function sizeOf({ named, suspects }: ParsedKustomization): number {
  const texts = [...named.map(one => one.reference), ...suspects];
  return texts.reduce((sum, text) => sum + text.length * 2 + 80, 200);
}
