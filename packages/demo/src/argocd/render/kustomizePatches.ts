import { applyPatch, Operation } from 'fast-json-patch';
import { parse, parseAllDocuments } from 'yaml';
import { KubernetesObject } from '../types';
import { strategicMerge } from './strategicMerge';
import { RenderError } from './types';

/** `patches[].target` of a kustomization: regular expressions, anchored, and selectors. */
interface PatchTarget {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

/** One entry of `patches`. */
export interface KustomizePatch {
  patch?: string;
  path?: string;
  target?: PatchTarget;
  options?: object;
}

function groupAndVersion(apiVersion: string): [string, string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? ['', apiVersion]
    : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

function matchesSelector(
  selector: string | undefined,
  values: Record<string, string> = {},
): boolean {
  return (selector?.split(',') ?? []).every(term => {
    const [key, value] = term.split(/==?/).map(part => part.trim());
    return value === undefined ? key in values : values[key] === value;
  });
}

function isTarget(object: KubernetesObject, target: PatchTarget): boolean {
  const [group, version] = groupAndVersion(object.apiVersion);
  const actual = {
    group,
    version,
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? 'default',
  };
  return (
    Object.entries(actual).every(([key, value]) => {
      const pattern = target[key as keyof PatchTarget];
      return !pattern || new RegExp(`^(?:${pattern})$`).test(value);
    }) &&
    matchesSelector(target.labelSelector, object.metadata.labels) &&
    matchesSelector(target.annotationSelector, object.metadata.annotations)
  );
}

function applyJsonPatch(
  object: KubernetesObject,
  operations: Operation[],
): KubernetesObject {
  try {
    return applyPatch(structuredClone(object), operations, true).newDocument;
  } catch (error) {
    throw new RenderError(
      `the patch cannot be applied to ${object.kind}/${object.metadata.name}: ${
        (error as Error).message.split('\n')[0]
      }`,
    );
  }
}

/** Applies one entry of `patches` to every object that it is meant for. */
export function applyKustomizePatch(
  objects: KubernetesObject[],
  text: string,
  target: PatchTarget | undefined,
): KubernetesObject[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch {
    content = undefined;
  }
  if (Array.isArray(content)) {
    if (!target) {
      throw new RenderError('a JSON 6902 patch needs a target');
    }
    const operations = content as Operation[];
    return objects.map(object =>
      isTarget(object, target) ? applyJsonPatch(object, operations) : object,
    );
  }

  let result = objects;
  for (const document of parseAllDocuments(text)) {
    const patch = document.errors.length ? undefined : document.toJS();
    if (!patch?.kind && !target) {
      throw new RenderError(
        'unable to parse SM or JSON patch: it is neither an object with a kind nor a list of operations',
      );
    }
    const chosen = target ?? {
      kind: patch.kind,
      name: patch.metadata?.name,
      group: groupAndVersion(patch.apiVersion ?? '')[0],
      namespace: patch.metadata?.namespace,
    };
    if (!target && !result.some(object => isTarget(object, chosen))) {
      throw new RenderError(
        `no resource matches strategic merge patch "${patch.kind}.${patch.apiVersion}/${chosen.name}": no matches for Id`,
      );
    }
    result = result.flatMap(object => {
      if (!isTarget(object, chosen)) {
        return [object];
      }
      if (patch.$patch === 'delete') {
        return [];
      }
      const { name, namespace } = object.metadata;
      const merged = strategicMerge(object, patch) as KubernetesObject;
      // A patch with a target never renames what it is applied to.
      merged.metadata = { ...merged.metadata, name };
      if (namespace) {
        merged.metadata.namespace = namespace;
      }
      return [{ ...merged, apiVersion: object.apiVersion, kind: object.kind }];
    });
  }
  return result;
}
