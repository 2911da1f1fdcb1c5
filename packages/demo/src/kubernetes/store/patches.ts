import { applyPatch, JsonPatchError, type Operation } from 'fast-json-patch';
import { ApiError, badRequest, unsupportedMediaType } from './ApiError';
import { asRecord, isRecord, jsonCopy } from './json';
import { strategicMerge } from './strategicMerge';
import type {
  KubernetesObject,
  ObjectInput,
  PatchType,
  ResourceType,
} from './types';

/** The content type of each kind of patch. */
export const PATCH_MEDIA_TYPES: Record<PatchType, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

const JSON_PATCH_FAILED =
  'the server rejected our request due to an error in our request';

/** RFC 7386. */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    return patch;
  }
  const result = new Map(Object.entries(asRecord(current)));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) {
      result.delete(field);
    } else {
      result.set(field, mergePatch(result.get(field), value));
    }
  }
  // Not an assignment per key: `__proto__` must stay an ordinary key.
  return Object.fromEntries(result);
}

/** RFC 6902; a failed `test` is 422 and leaves everything as it was. */
function jsonPatch(current: KubernetesObject, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  try {
    return applyPatch(jsonCopy(current), jsonCopy(patch) as Operation[], true)
      .newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) {
      throw new ApiError(422, 'Invalid', JSON_PATCH_FAILED);
    }
    throw badRequest(`invalid JSON patch: ${String(error)}`);
  }
}

/** The object that a patch makes of the current one. Pure; nothing is checked but the patch. */
export function patched(
  type: ResourceType,
  current: KubernetesObject,
  patch: unknown,
  patchType: PatchType,
): ObjectInput {
  if (type.custom && patchType === 'strategic') {
    const { json, merge, apply } = PATCH_MEDIA_TYPES;
    throw unsupportedMediaType([json, merge, apply]);
  }
  if (patchType !== 'json' && !isRecord(patch)) {
    throw badRequest('the patch must be an object');
  }
  const merge =
    patchType === 'merge' || type.custom ? mergePatch : strategicMerge;
  const result =
    patchType === 'json' ? jsonPatch(current, patch) : merge(current, patch);
  if (!isRecord(result)) {
    throw new ApiError(422, 'Invalid', JSON_PATCH_FAILED);
  }
  return result;
}
