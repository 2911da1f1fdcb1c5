import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** What each alias of a document leads to: the last node before it that has the anchor. */
export type AliasTargets = ReadonlyMap<Alias, unknown>;

export function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string'
    ? node.value
    : undefined;
}

/** Steps of one alias to another are followed, so that what comes back is none. */
export function follow(node: unknown, targets: AliasTargets): unknown {
  let current = node;
  // An alias leads to something before it, so that this ends; the count is for documents that lie about it.
  for (let steps = 0; isAlias(current) && steps < 100; steps += 1) {
    current = targets.get(current);
  }
  return current;
}

/** In linear time, where `Alias.resolve` looks through the document for each alias. */
export function collectAliases(root: unknown): AliasTargets {
  const targets = new Map<Alias, unknown>();
  const anchors = new Map<string, unknown>();
  const visit = (node: unknown) => {
    if (isAlias(node)) {
      targets.set(node, anchors.get(node.source));
      return;
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
    }
    if (isMap(node) || isSeq(node)) {
      for (const item of node.items) {
        if (isPair(item)) {
          visit(item.key);
          visit(item.value);
        } else visit(item);
      }
    }
  };
  visit(root);
  return targets;
}

/** Of maps that are asked often, since many aliases may lead to one big map. */
const indexes = new WeakMap<YAMLMap, Map<string, unknown[]>>();
const SMALL = 16;

/** Values of a key that a map has itself, more than one where it is there twice. */
export function valuesOf(
  map: YAMLMap,
  key: string,
  targets: AliasTargets,
): unknown[] {
  const values = [];
  if (map.items.length <= SMALL) {
    for (const pair of map.items) {
      if (textOf(follow(pair.key, targets)) === key) values.push(pair.value);
    }
    return values;
  }
  let index = indexes.get(map);
  if (!index) {
    index = new Map();
    for (const pair of map.items) {
      const name = textOf(follow(pair.key, targets));
      if (name === undefined) continue;
      const known = index.get(name);
      if (known) known.push(pair.value);
      else index.set(name, [pair.value]);
    }
    indexes.set(map, index);
  }
  return index.get(key) ?? [];
}

/** The last value wins, as with most parsers; aliases are followed. */
export function getValue(
  map: unknown,
  key: string,
  targets: AliasTargets,
): unknown {
  return isMap(map)
    ? follow(valuesOf(map, key, targets).at(-1), targets)
    : undefined;
}

/** Longer than any name of Kubernetes; aliases may repeat what is written once without end. */
const MAX_NAME_LENGTH = 400;

/** The `name` that an item of a list goes by. */
export function nameOf(
  item: unknown,
  targets: AliasTargets,
): string | undefined {
  return textOf(getValue(item, 'name', targets))?.slice(0, MAX_NAME_LENGTH);
}

/** `[start, end]` of what is written for a scalar, its quotes or its block header included, tags and anchors not. */
export function scalarRange(
  node: Scalar,
  text: string,
): [number, number] | undefined {
  if (!node.range) return undefined;
  const [start, valueEnd] = node.range;
  let end = valueEnd;
  // A block scalar ends with the line break before what follows.
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    if (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  }
  return end > start ? [start, end] : undefined;
}
