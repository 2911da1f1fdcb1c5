import { isAlias, isMap, isPair, isScalar, isSeq, type YAMLMap } from 'yaml';
import { collectAliases, follow, textOf } from '../yaml/nodes';
import type { FileFindings } from './FileFindings';

/** Nodes that a document may have once its aliases are expanded, as an API server would expand them. */
const MAX_EXPANDED = 1_000_000;
/** What YAML itself defines and Kubernetes reads. */
const KNOWN_TAG =
  /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq|binary|timestamp|merge))$/;

/**
 * What YAML allows and Kubernetes does not take, or takes otherwise than it looks. Nothing is expanded.
 *
 * @param base - offset of the document's positions in the file
 */
export function checkNodes(root: unknown, base: number, to: FileFindings) {
  const targets = collectAliases(root);
  const sizes = new Map<unknown, number>();
  const open = new Set<unknown>();

  const checkTag = (node: { tag?: string }, at: number | undefined) => {
    if (node.tag === undefined || KNOWN_TAG.test(node.tag)) return;
    // Not by its name: an unquoted value that begins with an exclamation mark is a tag as well.
    to.add('unknownTag', {}, at, 'warning');
  };
  const checkKeys = (map: YAMLMap) => {
    const lines = new Map<string, number>();
    for (const { key } of map.items) {
      const at = offsetOf(key, base);
      const name = textOf(follow(key, targets));
      if (name === undefined) {
        to.add('keyNotText', {}, at ?? offsetOf(map, base));
        continue;
      }
      const firstLine = lines.get(name);
      if (firstLine !== undefined && name !== '<<') {
        const params = {
          key: name.slice(0, 100),
          firstLine: String(firstLine),
        };
        to.add('duplicateKey', params, at);
      } else lines.set(name, to.lineOf(at ?? base));
    }
  };
  const merges = new Set<unknown>();
  const checkMerge = (value: unknown) => {
    const merged = follow(value, targets);
    // Any number of aliases may lead to one list.
    if (merges.has(merged)) return;
    merges.add(merged);
    const parts = isSeq(merged)
      ? merged.items.map(item => follow(item, targets))
      : [merged];
    if (parts.every(part => isMap(part) || part === undefined)) return;
    to.add('mergeNotMap', {}, offsetOf(value, base));
  };
  /** Nodes below, those that aliases lead to counted each time. */
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) {
      const target = targets.get(node);
      if (target === undefined) {
        to.add('aliasUnknown', {}, offsetOf(node, base));
        return 1;
      }
      if (open.has(target)) {
        to.add('aliasCycle', {}, offsetOf(node, base));
        return 1;
      }
      return sizes.get(target) ?? 1;
    }
    const at = offsetOf(node, base);
    if (isScalar(node)) {
      checkTag(node, at);
      sizes.set(node, 1);
      return 1;
    }
    if (!isMap(node) && !isSeq(node)) return 1;
    checkTag(node, at);
    if (isMap(node)) checkKeys(node);
    open.add(node);
    let size = 1;
    for (const item of node.items) {
      if (isPair(item)) {
        size += sizeOf(item.key) + sizeOf(item.value);
        const { key, value } = item;
        if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
          checkMerge(value);
        }
      } else size += sizeOf(item);
    }
    open.delete(node);
    // Beyond the limit it does not matter by how much.
    sizes.set(node, Math.min(size, MAX_EXPANDED + 1));
    return Math.min(size, MAX_EXPANDED + 1);
  };
  if (sizeOf(root) > MAX_EXPANDED) {
    const params = { limit: String(MAX_EXPANDED) };
    to.add('tooManyAliases', params, offsetOf(root, base));
  }
}

function offsetOf(node: unknown, base: number): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (!('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start] = node.range;
  return typeof start === 'number' ? start + base : undefined;
}
