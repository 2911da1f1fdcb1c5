type Json = unknown;
type JsonObject = Record<string, Json>;

/** The keys by which Kubernetes merges lists, by the list's field; `ports` differs between Service and container. */
const MERGE_KEYS: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Merges a strategic merge patch into a value: null deletes, known lists merge
 * by their key, `$patch: delete` and `$patch: replace` are honoured.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function strategicMerge(
  target: Json,
  patch: Json,
  field: string = '',
): Json {
  if (isObject(patch)) {
    const { $patch, ...rest } = patch;
    if ($patch === 'replace') {
      return rest;
    }
    const result: JsonObject = isObject(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(rest)) {
      if (value === null || (isObject(value) && value.$patch === 'delete')) {
        delete result[key];
      } else {
        result[key] = strategicMerge(result[key], value, key);
      }
    }
    return result;
  }
  if (Array.isArray(patch) && Array.isArray(target)) {
    return mergeLists(target, patch, field);
  }
  return patch;
}

function mergeLists(target: Json[], patch: Json[], field: string): Json[] {
  const key = MERGE_KEYS[field]?.find(candidate =>
    patch.every(
      item => isObject(item) && (candidate in item || '$patch' in item),
    ),
  );
  if (!key) {
    return patch;
  }
  const entries = patch as JsonObject[];
  let result = entries.some(item => item.$patch === 'replace' && !(key in item))
    ? []
    : [...target];
  for (const entry of entries.filter(item => key in item)) {
    const index = result.findIndex(
      item => isObject(item) && item[key] === entry[key],
    );
    if (entry.$patch === 'delete') {
      result = result.filter((_, position) => position !== index);
    } else if (index >= 0) {
      result[index] = strategicMerge(result[index], entry);
    } else {
      result.push(strategicMerge(undefined, entry));
    }
  }
  return result;
}
