import { isMap, isSeq, type YAMLMap } from 'yaml';
import { parseChunk, splitDocuments } from '../yaml/documents';
import {
  collectAliases,
  follow,
  getValue,
  textOf,
  type AliasTargets,
} from '../yaml/nodes';
import { toGroupVersionKind, type GroupVersionKind } from './types';

/** An object in a file that a cluster is asked to take. */
export interface AppliedObject {
  gvk: GroupVersionKind;
  apiVersion: string;
  node: YAMLMap;
  targets: AliasTargets;
  /** Of the text that positions of nodes count from. */
  start: number;
  /** Where it is in its document: `items[0]` of a list. */
  root: ReadonlyArray<string | number>;
}

/** Read by tools on the way, never by a cluster. */
const LOCAL_GROUP =
  /^(?:(?:.*\.)?kustomize\.config\.k8s\.io|slipway\.dev|config\.kubernetes\.io)$/;
const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/** The objects of the documents that can be read, each node once; what is no Kubernetes object is passed over. */
export function appliedObjects(text: string): AppliedObject[] {
  return readApplied(text).objects;
}

/** {@link appliedObjects}, and whether some document cannot be read. */
export function readApplied(text: string): {
  objects: AppliedObject[];
  broken: boolean;
} {
  let broken = false;
  const objects = splitDocuments(text).flatMap(chunk => {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) {
      broken = true;
      return [];
    }
    return roots.flatMap(root => {
      const targets = collectAliases(root);
      return objectsIn(root, { targets, start: chunk.start }, []);
    });
  });
  return { objects, broken };
}

/** Any number of aliases may lead to one object, which is one all the same. */
function eachOnce(
  items: readonly unknown[],
  targets: AliasTargets,
): Array<[item: unknown, index: number]> {
  const first = new Map<unknown, number>();
  for (const [index, item] of items.entries()) {
    const target = follow(item, targets);
    if (!first.has(target)) first.set(target, index);
  }
  return [...first];
}

function objectsIn(
  value: unknown,
  document: Pick<AppliedObject, 'targets' | 'start'>,
  root: AppliedObject['root'],
): AppliedObject[] {
  const { targets } = document;
  const node = follow(value, targets);
  if (!isMap(node)) {
    return [];
  }
  const apiVersion = textOf(getValue(node, 'apiVersion', targets)) ?? '';
  const kind = textOf(getValue(node, 'kind', targets)) ?? '';
  if (apiVersion === 'v1' && kind === 'List' && root.length === 0) {
    const items = getValue(node, 'items', targets);
    return isSeq(items)
      ? eachOnce(items.items, targets).flatMap(([item, index]) =>
          objectsIn(item, document, ['items', index]),
        )
      : [];
  }
  const gvk = toGroupVersionKind(apiVersion, kind);
  const annotations = getValue(
    getValue(node, 'metadata', targets),
    'annotations',
    targets,
  );
  const local = textOf(getValue(annotations, LOCAL_CONFIG, targets));
  return !gvk ||
    LOCAL_GROUP.test(gvk.group) ||
    local === 'true' ||
    apiVersion === 'builtin'
    ? []
    : [{ gvk, apiVersion, node, targets, root, start: document.start }];
}
