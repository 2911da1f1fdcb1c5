import { isMap, isSeq } from 'yaml';
import { ByteLru } from '../../git/byteLru';
import { parseChunk, splitDocuments } from '../yaml/documents';
import {
  collectAliases,
  follow,
  getValue,
  type AliasTargets,
} from '../yaml/nodes';
import { identityOf, type ObjectIdentity } from '../yaml/objects';
import { Positions } from '../yaml/positions';

/** Characters of one file that are read. */
const MAX_LENGTH = 4 * 1024 * 1024;

/**
 * A Kubernetes object that a file describes.
 *
 * @public
 */
export interface ManifestObject extends ObjectIdentity {
  /** Path of the file. */
  file: string;
  /** From 1. */
  line: number;
  /** Which document of the file, from 0. */
  document: number;
}

type FoundObject = Omit<ManifestObject, 'file'>;

interface ReadObjects {
  objects: FoundObject[];
  /** Some document cannot be read. */
  broken: boolean;
}

/** A change is planned a few times before it is committed, and its module's other files with it. */
const known = new ByteLru<string, ReadObjects & { length: number }>(
  16 * 1024 ** 2,
  ({ objects, length }) => 200 + length * 2 + objects.length * 300,
);

/** A file as it is, or as it will be. */
export interface ManifestFile {
  path: string;
  text: string;
}

/**
 * The objects of a manifest, those inside a `List` included. Documents that cannot be read, that have no name, or that only tell
 * Kustomize what to do, give none. Never throws.
 *
 * @public
 */
export function objectsOf(text: string, path: string): ManifestObject[] {
  if (!/\.(?:ya?ml|json)$/i.test(path) || text.length > MAX_LENGTH) return [];
  return readObjects(text).objects.map(object => ({ ...object, file: path }));
}

/** Whether some document of a manifest cannot be read. */
export function isBroken(text: string, path: string): boolean {
  if (!/\.(?:ya?ml|json)$/i.test(path) || text.length > MAX_LENGTH)
    return false;
  return readObjects(text).broken;
}

/** Takes somebody's word for the objects of a text, all documents of which can be read. */
export function rememberObjects(
  text: string,
  objects: readonly FoundObject[],
): void {
  known.set(text, {
    objects: [...objects],
    broken: false,
    length: text.length,
  });
}

function readObjects(text: string): ReadObjects {
  const found = known.get(text) ?? {
    ...parseObjects(text),
    length: text.length,
  };
  known.set(text, found);
  return found;
}

function parseObjects(text: string): ReadObjects {
  const objects: FoundObject[] = [];
  let broken = false;
  const positions = new Positions(text);
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) {
      broken = true;
      continue;
    }
    for (const root of roots) {
      const targets = collectAliases(root);
      for (const node of itemsOf(root, targets)) {
        const identity = identityOf(node, targets);
        if (!identity?.apiVersion || !identity.name) continue;
        if (/^kustomize\.config\.k8s\.io\//.test(identity.apiVersion)) continue;
        const range = isMap(node) ? node.range : undefined;
        const { line } = positions.at(chunk.start + (range?.[0] ?? 0));
        const document = chunk.index;
        objects.push({ ...identity, line, document });
      }
    }
  }
  return { objects, broken };
}

/** A list's items one by one, each counted once even where aliases repeat it. */
function itemsOf(root: unknown, targets: AliasTargets): unknown[] {
  const items = getValue(root, 'items', targets);
  const kind = identityOf(root, targets)?.kind ?? '';
  const isList = isSeq(items) && kind.endsWith('List');
  if (!isList) return [root];
  return [...new Set(items.items.map(item => follow(item, targets)))];
}

/** Equal for what is one object to Kubernetes; versions of a group are views of the same. */
export function objectKey(object: ObjectIdentity): string {
  const { apiVersion, kind, namespace, name } = object;
  const slash = apiVersion.lastIndexOf('/');
  const group = slash === -1 ? '' : apiVersion.slice(0, slash);
  return JSON.stringify([group, kind, namespace ?? '', name]);
}

/**
 * What the sync engine would delete: objects that were described and are not any more.
 *
 * @param before - files that are applied, as they are; see `appliedFiles`
 * @param after - files that are applied, as they will be
 * @public
 */
export function prunedObjects(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
): ManifestObject[] {
  const kept = new Set(allObjects(after).map(objectKey));
  const pruned = new Map<string, ManifestObject>();
  for (const object of allObjects(before)) {
    const key = objectKey(object);
    if (!kept.has(key) && !pruned.has(key)) pruned.set(key, object);
  }
  return [...pruned.values()];
}

export function allObjects(files: readonly ManifestFile[]): ManifestObject[] {
  return files.flatMap(({ path, text }) => objectsOf(text, path));
}
