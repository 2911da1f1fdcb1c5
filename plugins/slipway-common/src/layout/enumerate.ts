import type { Layout } from './Layout';
import type { LayoutRule } from './LayoutRule';
import type { DirectoryEntry, LayoutMatch, LayoutProblem } from './types';

/**
 * @public
 */
export interface EnumerateOptions {
  /**
   * Told of each path that is left out though a template fits it: another layout has it (`layoutOverlap`), its environment has
   * such a module already (`moduleDuplicate`), or what it spells is no name (`nameUnusable`).
   */
  onProblem?: (problem: LayoutProblem & { params: { path: string } }) => void;
}

/**
 * @internal
 */
export function* enumerateModules(
  layout: Layout,
  rules: readonly LayoutRule[],
  listDirectory: (path: string) => Iterable<DirectoryEntry>,
  options?: EnumerateOptions,
): Generator<LayoutMatch, void> {
  const report = options?.onProblem ?? (() => {});
  const listed = new Map<string, DirectoryEntry[]>();
  const unusable = new Set<string>();
  const found = new Map<string, string>();
  /** Directories that hold a module found already: that they are no module themselves is as it should be. */
  const above = new Set<string>();

  function list(path: string): DirectoryEntry[] {
    const known = listed.get(path);
    if (known) return known;
    const entries = [...listDirectory(path)];
    listed.set(path, entries);
    return entries;
  }

  /** Paths below `parent` that fit the rule's template from its segment `depth` on. */
  function* walk(
    rule: LayoutRule,
    depth: number,
    parent: string,
  ): Generator<string, void> {
    const segment = rule.template.segments[depth];
    const last = depth === rule.template.length - 1;
    const wanted = last ? rule.kind : 'directory';
    for (const { name, kind } of list(parent)) {
      if (kind !== wanted) continue;
      const path = parent ? `${parent}/${name}` : name;
      if (layout.isIgnored(path)) continue;
      if (segment.match(name)) {
        if (last) yield path;
        else yield* walk(rule, depth + 1, path);
        continue;
      }
      const problem = segment.problemOf(name);
      // Dot names are left out by rule, so that nobody needs to hear of them.
      if (!problem || problem === 'leadingDot' || unusable.has(path)) continue;
      unusable.add(path);
      report({ code: 'nameUnusable', params: { path, problem } });
    }
  }

  for (const rule of rules) {
    for (const path of walk(rule, 0, '')) {
      const match = layout.match(path, rule.kind);
      if (match?.layoutIndex !== rule.index) {
        if (!above.has(path)) {
          report({
            code: 'layoutOverlap',
            params: { path, layout: rule.template.text },
          });
        }
        continue;
      }
      const key = JSON.stringify([match.environment, match.module]);
      const first = found.get(key);
      if (first !== undefined) {
        const { environment, module } = match;
        report({
          code: 'moduleDuplicate',
          params: { path, first, environment, module },
        });
        continue;
      }
      found.set(key, path);
      for (let end = path.lastIndexOf('/'); end > 0; ) {
        const directory = path.slice(0, end);
        above.add(directory);
        end = directory.lastIndexOf('/');
      }
      yield match;
    }
  }
}
