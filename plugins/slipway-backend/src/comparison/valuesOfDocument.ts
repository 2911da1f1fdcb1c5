import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import {
  collectAliases,
  follow,
  nameOf,
  textOf,
  type AliasTargets,
} from '../manifests/yaml/nodes';
import { pathSegment } from '../manifests/yaml/valuePaths';
import { TooManyValues, ValueBudget } from '../manifests/yaml/ValueBudget';

/** Of all documents of one text; a path is written out for each value. */
const TEXT = { values: 200_000, characters: 32 * 1024 * 1024 };
const MAX_DEPTH = 100;

/** What YAML's core schema takes for something else than text (https://yaml.org/spec/1.2.2/#103-core-schema). */
const NO_TEXT =
  /^(?:|~|null|true|false|[-+]?(?:\.inf|\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)|\.nan|0o[0-7]+|0x[0-9a-f]+)$/i;

/** What the documents of one text may make together. */
export function textBudget(): ValueBudget {
  return new ValueBudget(TEXT);
}

/**
 * The values of a document by where they are, as `spec.containers[web].image`: items of a list by their `name` where each has one of
 * its own, else by their index. Lists and maps without anything in them are values.
 *
 * @throws TooManyValues
 */
export function valuesOfDocument(
  root: unknown,
  budget: ValueBudget,
): Map<string, string> {
  const targets = collectAliases(root);
  const values = new Map<string, string>();
  const add = (path: string, value: string) => values.set(path, value);
  const visit = (of: unknown, path: string, depth: number) => {
    // Visits are counted, not what comes of them: keys that are there twice make one value.
    budget.spend(1, path.length);
    const node = follow(of, targets);
    if (depth > MAX_DEPTH) throw new TooManyValues();
    if (isMap(node) && node.items.length > 0) {
      for (const { key, value } of node.items) {
        const name = textOf(follow(key, targets)) ?? '?';
        visit(
          value,
          path ? `${path}.${pathSegment(name)}` : pathSegment(name),
          depth + 1,
        );
      }
    } else if (isSeq(node) && node.items.length > 0) {
      const names = namesOf(node.items, targets);
      node.items.forEach((item, index) =>
        visit(item, `${path}[${names?.[index] ?? index}]`, depth + 1),
      );
    } else if (isMap(node)) add(path, '{}');
    else if (isSeq(node)) add(path, '[]');
    else add(path, isScalar(node) ? scalarText(node) : '');
  };
  visit(root, '', 0);
  return values;
}

function namesOf(
  items: readonly unknown[],
  targets: AliasTargets,
): string[] | undefined {
  const names = items.map(item => nameOf(follow(item, targets), targets));
  const all = names.flatMap(name => (name ? [name] : []));
  return all.length === items.length && new Set(all).size === all.length
    ? all
    : undefined;
}

/** Text that would be something else without its quotes keeps them. */
function scalarText(node: Scalar): string {
  const text = typeof node.value === 'string' ? node.value : '';
  const plain = node.type === 'PLAIN' || node.type === undefined;
  return !plain && NO_TEXT.test(text) ? JSON.stringify(text) : text;
}
