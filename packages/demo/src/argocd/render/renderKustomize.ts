import { posix } from 'path';
import { parseDocument } from 'yaml';
import { KubernetesObject } from '../types';
import { applyKustomizePatch, KustomizePatch } from './kustomizePatches';
import { parseManifests } from './manifests';
import { isObject } from './strategicMerge';
import { RenderError, RenderInput } from './types';

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const KNOWN_FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'images',
  'namespace',
  'patches',
];
const CLUSTER_SCOPED = [
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
];

interface KustomizeImage {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
}

interface Kustomization {
  resources?: string[];
  images?: KustomizeImage[];
  namespace?: string;
  patches?: KustomizePatch[];
}

/** The kustomization file of a folder, when it has one. */
export function findKustomization(input: RenderInput): string | undefined {
  return FILE_NAMES.map(name => posix.join(input.path, name)).find(path =>
    input.files.has(path),
  );
}

/**
 * Renders a kustomization with `resources`, `images`, `namespace` and
 * `patches`. Any other field is an error rather than silently left out.
 */
export function renderKustomize(
  input: RenderInput,
  visited: string[] = [],
): KubernetesObject[] {
  const path = findKustomization(input)!;
  if (visited.includes(path)) {
    throw new RenderError(`cycle detected: ${[...visited, path].join(' → ')}`);
  }
  const kustomization = readKustomization(path, input.files.get(path)!);
  const seen = new Set<string>();
  let objects: KubernetesObject[] = [];
  for (const resource of kustomization.resources ?? []) {
    for (const object of readResource(input, resource, [...visited, path])) {
      const id = `${object.apiVersion}/${object.kind} ${
        object.metadata.namespace ?? ''
      }/${object.metadata.name}`;
      if (seen.has(id)) {
        throw new RenderError(
          `${path}: may not add resource with an already registered id: ${id}`,
        );
      }
      seen.add(id);
      objects.push(object);
    }
  }
  for (const entry of kustomization.patches ?? []) {
    const text = entry.path
      ? input.files.get(posix.join(input.path, entry.path))
      : entry.patch;
    if (text === undefined) {
      throw new RenderError(
        `${path}: failed to get the patch file from path(${entry.path})`,
      );
    }
    objects = applyKustomizePatch(objects, text, entry.target);
  }
  const { namespace, images = [] } = kustomization;
  return objects.map(object => {
    const placed =
      namespace && !CLUSTER_SCOPED.includes(object.kind)
        ? { ...object, metadata: { ...object.metadata, namespace } }
        : object;
    return images.reduce(
      (result, image) => replaceImage(result, image) as KubernetesObject,
      placed,
    );
  });
}

function readKustomization(path: string, content: string): Kustomization {
  const document = parseDocument(content, { logLevel: 'silent' });
  const value = document.errors.length ? undefined : document.toJS();
  if (!isObject(value)) {
    throw new RenderError(
      `${path}: invalid Kustomization: ${
        document.errors[0]?.message.split('\n')[0] ?? 'it is not an object'
      }`,
    );
  }
  const unknown = Object.keys(value).filter(key => !KNOWN_FIELDS.includes(key));
  if (unknown.length > 0) {
    throw new RenderError(
      `${path}: the demo renders of Kustomize only resources, images, namespace and patches, not ${unknown.join(
        ', ',
      )}`,
    );
  }
  return value;
}

function readResource(
  input: RenderInput,
  resource: string,
  visited: string[],
): KubernetesObject[] {
  const path = posix.join(input.path, resource).replace(/\/$/, '');
  const content = input.files.get(path);
  if (content !== undefined) {
    const objects = parseManifests(path, content);
    if (objects.length === 0) {
      throw new RenderError(`${path}: no Kubernetes object is in this file`);
    }
    return objects;
  }
  const folder = { files: input.files, path };
  if (path.startsWith('..') || !findKustomization(folder)) {
    throw new RenderError(
      `accumulating resources: '${resource}' in ${visited.at(
        -1,
      )}: no such file, and no folder with a kustomization`,
    );
  }
  return renderKustomize(folder, visited);
}

function replaceImage(value: unknown, image: KustomizeImage): unknown {
  if (Array.isArray(value)) {
    return value.map(item => replaceImage(item, image));
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      ['containers', 'initContainers'].includes(key) && Array.isArray(child)
        ? child.map(container =>
            isObject(container) && typeof container.image === 'string'
              ? { ...container, image: renameImage(container.image, image) }
              : container,
          )
        : replaceImage(child, image),
    ]),
  );
}

function renameImage(current: string, image: KustomizeImage): string {
  const match = /^(.+?)(:[^:/@]+)?(@.+)?$/.exec(current)!;
  if (match[1] !== image.name) {
    return current;
  }
  const name = image.newName ?? match[1];
  if (image.digest) {
    return `${name}@${image.digest}`;
  }
  if (image.newTag !== undefined) {
    return `${name}:${image.newTag}`;
  }
  return `${name}${match[2] ?? ''}${match[3] ?? ''}`;
}
