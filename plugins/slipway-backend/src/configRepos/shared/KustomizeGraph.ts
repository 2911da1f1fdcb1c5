import type { Snapshot, TreeEntry } from '../../git';
import type { Pause } from '../../git/pause';
import { directoryOf, isKustomization } from '../../manifests/kustomize';
import {
  kustomizationPaths,
  resolvePath,
} from '../../manifests/kustomize/kustomizationPath';
import type { WhollySecret } from '../../manifests/masking';
import type { NamedPath, ParsedKustomization } from './parseKustomization';

/** Reads a text of the config repo; `undefined` when it is too large to be read. */
export type ParseBlob = (
  oid: string,
  as: 'kustomization' | 'generator',
) => Promise<ParsedKustomization | undefined>;

/** Reads where a link leads. */
export type ReadLink = (oid: string) => Promise<string>;

export interface KustomizeGraphOptions {
  tree: Snapshot;
  parse: ParseBlob;
  readLink: ReadLink;
  pause: Pause;
}

/** Steps from one link to the next that are followed. */
const MAX_LINKS = 5;

/** Above so many changed paths reading the graph anew is as fast. */
const MAX_CHANGED = 1000;

/** Which Kustomizations of one tree name which paths. */
export class KustomizeGraph {
  #tree: Snapshot;
  readonly #options: KustomizeGraphOptions;
  readonly #namedBy = new Map<string, string[]>();
  readonly #secrets = new Map<string, WhollySecret>();
  /** Directories whose Kustomization nobody can read. */
  readonly #unread = new Set<string>();
  /** Files of which the content said something here, under the paths where they are. */
  readonly #parsed = new Set<string>();

  private constructor(options: KustomizeGraphOptions) {
    this.#options = options;
    this.#tree = options.tree;
  }

  /** Reads every Kustomization of a tree, with turns for others in between. */
  static async read(options: KustomizeGraphOptions): Promise<KustomizeGraph> {
    const graph = new KustomizeGraph(options);
    await graph.#read();
    return graph;
  }

  /** The Kustomizations that name a path, or the directory that it describes. */
  namedBy(path: string): readonly string[] {
    const direct = this.#namedBy.get(path) ?? [];
    if (!isKustomization(path)) return direct;
    const directory = this.#namedBy.get(directoryOf(path));
    return directory ? [...direct, ...directory] : direct;
  }

  /** How the values in a file that become those of a Secret are to be found, if it is such a file. */
  secret(path: string): WhollySecret | undefined {
    const named = this.#secrets.get(path);
    if (named || this.#unread.size === 0) return named;
    // What nobody can read may name anything below it.
    if (/\.ya?ml$/i.test(path)) return undefined;
    for (let at = directoryOf(path); ; at = directoryOf(at)) {
      if (this.#unread.has(at)) return 'content';
      if (at === '') return undefined;
    }
  }

  /**
   * Goes over to another tree if that has the same graph for certain: only files differ whose content says nothing here, and they are
   * where they were.
   */
  follow(tree: Snapshot): boolean {
    let count = 0;
    for (const path of tree.changedPaths(this.#tree)) {
      count += 1;
      if (
        count > MAX_CHANGED ||
        isKustomization(path) ||
        this.#parsed.has(path) ||
        !isFile(this.#tree.entry(path)) ||
        !isFile(tree.entry(path))
      ) {
        return false;
      }
    }
    this.#tree = tree;
    return true;
  }

  async #read(): Promise<void> {
    const { pause } = this.#options;
    for (const { path, entry } of this.#tree.files('')) {
      if (pause.isDue()) await pause.take();
      if (!isKustomization(path) || entry.invalidName) continue;
      const file = await this.#fileAt(path);
      if (!file) continue;
      this.#parsed.add(file.path);
      const parsed = await this.#options.parse(file.oid, 'kustomization');
      if (parsed) await this.#add(path, parsed);
      else this.#unread.add(directoryOf(path));
      if (pause.isOver()) await pause.take();
    }
  }

  async #add(path: string, parsed: ParsedKustomization): Promise<void> {
    const directory = directoryOf(path);
    for (const named of parsed.named) {
      const at = resolvePath(directory, named.reference);
      if (at === undefined) continue;
      this.#name(at, path);
      await this.#addSecret(directory, named);
      if (named.generator) await this.#addGenerators(at, path);
    }
    for (const word of parsed.suspects) {
      const at = resolvePath(directory, word);
      if (at && this.#tree.entry(at) && !isKustomization(at)) {
        await this.#addSecret(directory, {
          reference: word,
          generator: false,
          secret: 'content',
        });
      }
    }
  }

  #name(at: string, by: string): void {
    const known = this.#namedBy.get(at);
    if (!known) this.#namedBy.set(at, [by]);
    else if (known.at(-1) !== by) known.push(by);
  }

  /** Takes the file that a link leads to as well: that is what will be read. */
  async #addSecret(
    directory: string,
    { reference, secret }: NamedPath,
  ): Promise<void> {
    const path = resolvePath(directory, reference);
    if (!secret || path === undefined) return;
    const led = await this.#fileAt(path);
    for (const at of led ? [path, led.path] : [path]) {
      // Read in both ways it is one value.
      if (this.#secrets.get(at) !== 'content') this.#secrets.set(at, secret);
    }
  }

  /** Generators read their files from where the Kustomization is that lists them. */
  async #addGenerators(start: string, by: string): Promise<void> {
    const { parse } = this.#options;
    const paths = new Set([start]);
    // Grows while it is walked.
    for (const path of paths) {
      const described = kustomizationPaths(path).find(one =>
        this.#tree.entry(one),
      );
      const file = await this.#fileAt(described ?? path);
      const as = described ? 'kustomization' : 'generator';
      if (file) this.#parsed.add(file.path);
      const parsed = file && (await parse(file.oid, as));
      for (const named of parsed?.named ?? []) {
        if (described) {
          const next = resolvePath(path, named.reference);
          if (next !== undefined) paths.add(next);
          continue;
        }
        const at = resolvePath(directoryOf(by), named.reference);
        if (at !== undefined) this.#name(at, by);
        await this.#addSecret(directoryOf(by), named);
      }
    }
  }

  /** The file at a path, or where a link there leads to. */
  async #fileAt(
    start: string,
  ): Promise<{ path: string; oid: string } | undefined> {
    let path: string | undefined = start;
    for (let step = 0; path && step <= MAX_LINKS; step += 1) {
      const entry = this.#tree.entry(path);
      if (entry && isFile(entry)) return { path, oid: entry.oid };
      if (entry?.mode !== '120000') return undefined;
      const target = await this.#options.readLink(entry.oid);
      path = resolvePath(directoryOf(path), target);
    }
    return undefined;
  }
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode.startsWith('100') ?? false;
}
