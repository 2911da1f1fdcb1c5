import type {
  Layout,
  ModuleRef,
} from '@slipway/backstage-plugin-slipway-common';
import type { WhollySecret } from '../manifests/masking';
import type { KustomizeGraph } from './shared/KustomizeGraph';

/** Answers about paths that are kept. */
const KEPT = 2000;

/** What the Kustomizations of one tree make of its paths. Nothing here reads anything any more. */
export class SharedPaths {
  readonly #graph: KustomizeGraph;
  readonly #layout: Layout;
  readonly #answers = new Map<string, ModuleRef[]>();

  constructor(graph: KustomizeGraph, layout: Layout) {
    this.#graph = graph;
    this.#layout = layout;
  }

  /**
   * The modules whose Kustomizations lead to a path, through as many others as it takes, by environment and name. A path need not be
   * there: what is named and missing is built on once it comes.
   */
  readonly sharedBy = (path: string): ModuleRef[] => {
    const known = this.#answers.get(path);
    if (known) return known;
    const modules = this.#modulesAbove(path);
    if (this.#answers.size >= KEPT) this.#answers.clear();
    this.#answers.set(path, modules);
    return modules;
  };

  /** The Kustomizations that name a path, or the directory that it describes. */
  readonly namedBy = (path: string): readonly string[] =>
    this.#graph.namedBy(path);

  /** Whether a `secretGenerator` makes values of a Secret of a file, and of what in it. */
  readonly secretSource = (path: string): WhollySecret | undefined =>
    this.#graph.secret(path);

  #modulesAbove(path: string): ModuleRef[] {
    const found = new Map<string, ModuleRef>();
    const above = new Set(this.#graph.namedBy(path));
    // Grows while it is walked.
    for (const kustomization of above) {
      const claim = this.#layout.claim(kustomization);
      if (claim) {
        const { environment, module } = claim;
        found.set(`${environment}/${module}`, { environment, module });
      }
      for (const one of this.#graph.namedBy(kustomization)) above.add(one);
    }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, module]) => module);
  }
}
