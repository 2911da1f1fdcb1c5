import { LayoutRule } from './LayoutRule';
import { enumerateModules, type EnumerateOptions } from './enumerate';
import { IgnoredPaths } from './ignore';
import { splitPath } from './names';
import type {
  DirectoryEntry,
  LayoutClaim,
  LayoutDefinition,
  LayoutMatch,
  LayoutProblem,
  ModuleKind,
} from './types';

/** Bounds the work per path. */
const MAX_LAYOUTS = 20;

/**
 * Where a repository keeps its modules: the one parser of paths and its inverse. Every read and every write of a path goes
 * through it.
 *
 * Where two layouts could claim a path the earlier one has it. That goes for the directories on the way too: below
 * `components/{module}/overlays/{environment}`, a later `{environment}/{module}` does not take `components/gateway` for a module
 * of an environment `components`.
 *
 * @public
 */
export class Layout {
  readonly #rules: LayoutRule[];
  readonly #ignored: IgnoredPaths;

  private constructor(rules: LayoutRule[], ignored: IgnoredPaths) {
    this.#rules = rules;
    this.#ignored = ignored;
  }

  /**
   * Compiles the definitions that can be inverted; each other one is a problem, and claims nothing.
   *
   * @param options - `ignore`: path prefixes that no layout claims; a segment may hold one `*`
   */
  static parse(
    definitions: readonly LayoutDefinition[],
    options?: { ignore?: readonly string[] },
  ): { layout: Layout; problems: LayoutProblem[] } {
    const { ignored, problems } = IgnoredPaths.compile(options?.ignore ?? []);
    const rules: LayoutRule[] = [];
    for (const [index, definition] of definitions.entries()) {
      if (index >= MAX_LAYOUTS) {
        problems.push({
          code: 'tooManyLayouts',
          params: { limit: String(MAX_LAYOUTS) },
          pointer: ['layouts', index],
        });
        break;
      }
      const rule = LayoutRule.compile(definition, index);
      if (rule instanceof LayoutRule) rules.push(rule);
      else problems.push(rule);
    }
    return { layout: new Layout(rules, ignored), problems };
  }

  /** Placeholders that every layout reads a value for. */
  get placeholders(): string[] {
    const [first, ...others] = this.#rules.map(({ template }) => [
      ...template.placeholders.keys(),
    ]);
    return (first ?? []).filter(name =>
      others.every(names => names.includes(name)),
    );
  }

  /**
   * The module that a path is.
   *
   * @param path - of a directory or file, from the root of the repository, no slash at either end
   * @param kind - what is at the path, where that is known
   */
  match(path: string, kind?: ModuleKind): LayoutMatch | undefined {
    const segments = splitPath(path);
    return segments && this.#find(segments, { at: segments.length, kind });
  }

  /** The module that a file belongs to, and its path in there. Files that no layout claims may be shared. */
  claim(filePath: string): LayoutClaim | undefined {
    const segments = splitPath(filePath);
    const match = segments && this.#find(segments, { file: true });
    if (!match) return undefined;
    const pathInModule =
      match.kind === 'file'
        ? segments[segments.length - 1]
        : filePath.slice(match.modulePath.length + 1);
    return { ...match, pathInModule };
  }

  /**
   * The inverse of `match`.
   *
   * @param options - `layoutIndex`: by which layout; otherwise the first that can
   * @returns `undefined` when no layout can spell these names, or the path would not be claimed back
   */
  modulePath(options: {
    environment: string;
    module: string;
    layoutIndex?: number;
  }): string | undefined {
    const { environment, module, layoutIndex } = options;
    for (const rule of this.#rules) {
      if (layoutIndex !== undefined && rule.index !== layoutIndex) continue;
      const path = rule.write(environment, module);
      const match = path && this.match(path, rule.kind);
      if (match && match.layoutIndex === rule.index) return path;
    }
    return undefined;
  }

  /**
   * Where the environment's files are: its directory (`prod1`), or for a layout that puts the module first a path to show, with
   * `{module}` in it (`components/{module}/overlays/prod`).
   */
  environmentPath(environment: string): string | undefined {
    for (const rule of this.#rules) {
      const path = rule.environmentPath(environment);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  /** Whether `ignore` names the path or a directory above it. */
  isIgnored(path: string): boolean {
    const segments = splitPath(path);
    return segments !== undefined && this.#ignored.covers(segments);
  }

  /**
   * Every module of a repository, layout by layout. Looks only into directories that a template leads to; each environment's
   * module comes once.
   *
   * @param listDirectory - entries of a directory that there is, `''` being the root
   */
  enumerate(
    listDirectory: (path: string) => Iterable<DirectoryEntry>,
    options?: EnumerateOptions,
  ): Generator<LayoutMatch, void> {
    return enumerateModules(this, this.#rules, listDirectory, options);
  }

  /**
   * @param where - `at`: the module's path has so many segments; `file`: the path is a file, in or of a module
   */
  #find(
    path: string[],
    where: { at?: number; kind?: ModuleKind; file?: boolean },
  ): LayoutMatch | undefined {
    if (this.#ignored.covers(path)) return undefined;
    const owners: LayoutRule[] = [];
    for (const rule of this.#rules) {
      const { length } = rule.template;
      const reading = rule.read(path);
      if (!reading || this.#isTaken(rule, owners, path)) continue;
      const exact = length === path.length;
      const fits = where.file
        ? exact === (rule.kind === 'file')
        : (where.kind ?? rule.kind) === rule.kind;
      if (exact && !fits) continue;
      if (!exact && rule.kind === 'file') continue;
      owners.push(rule);
      if (where.at !== undefined && length !== where.at) continue;
      return {
        layoutIndex: rule.index,
        kind: rule.kind,
        environment: reading.environment,
        module: reading.module,
        values: reading.values,
        modulePath: path.slice(0, length).join('/'),
      };
    }
    return undefined;
  }

  /** Whether an earlier layout has the rule's module directory: it is one of its modules, in one, or on the way to one. */
  #isTaken(rule: LayoutRule, owners: LayoutRule[], path: string[]): boolean {
    const { length } = rule.template;
    const own = path.slice(0, length);
    if (owners.some(owner => owner.template.length <= length)) return true;
    if (rule.kind === 'file') return false;
    return this.#rules.some(
      earlier =>
        earlier.index < rule.index &&
        earlier.template.length > length &&
        earlier.template.matchStart(own) !== undefined,
    );
  }
}
