import { isDeepStrictEqual } from 'node:util';
import { asRecord, isRecord, type JsonRecord } from './json';

/**
 * Lists that Kubernetes merges by a key instead of replacing them (`patchMergeKey` of its Go
 * types). Where a list has two candidates, the first key that all entries carry wins.
 */
const MERGE_KEYS: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  conditions: ['type'],
  ownerReferences: ['uid'],
};

const ORDER = '$setElementOrder/';
const DELETE_PRIMITIVES = '$deleteFromPrimitiveList/';

function mergeKeyOf(field: string, lists: unknown[]): string | undefined {
  const entries = lists.flat();
  return MERGE_KEYS[field]?.find(key =>
    entries.every(entry => isRecord(entry) && entry[key] !== undefined),
  );
}

function mergeList(current: unknown, patch: unknown[], field: string): unknown {
  const base: unknown[] = Array.isArray(current) ? current : [];
  const directives = patch.filter(
    entry => isRecord(entry) && entry.$patch === 'replace',
  );
  if (directives.length) {
    return patch.filter(entry => !directives.includes(entry));
  }
  if (field === 'finalizers') {
    return [...new Set([...base, ...patch])];
  }
  const key = mergeKeyOf(field, [base, patch]);
  if (!key) {
    return patch;
  }
  const merged = new Map(base.map(entry => [asRecord(entry)[key], entry]));
  for (const entry of patch.map(asRecord)) {
    if (entry.$patch === 'delete') {
      merged.delete(entry[key]);
    } else {
      merged.set(entry[key], strategicMerge(merged.get(entry[key]), entry));
    }
  }
  return [...merged.values()];
}

function reorder(list: unknown, order: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(order)) {
    return list;
  }
  const rank = (entry: unknown) => {
    const index = order.findIndex(wanted =>
      isRecord(wanted)
        ? Object.entries(wanted).every(([key, value]) =>
            isDeepStrictEqual(asRecord(entry)[key], value),
          )
        : wanted === entry,
    );
    return index < 0 ? order.length : index;
  };
  return [...list].sort((a, b) => rank(a) - rank(b));
}

/**
 * Applies a strategic merge patch with the directives that kubectl writes.
 * See https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
export function strategicMerge(current: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    return patch;
  }
  const { $patch, $retainKeys, ...fields } = patch;
  if ($patch === 'replace') {
    return fields;
  }
  if ($patch === 'delete') {
    return undefined;
  }
  const result = new Map(Object.entries(asRecord(current)));
  for (const [field, value] of Object.entries(fields)) {
    if (field.startsWith(DELETE_PRIMITIVES)) {
      const target = field.slice(DELETE_PRIMITIVES.length);
      const list = result.get(target);
      if (Array.isArray(list) && Array.isArray(value)) {
        result.set(
          target,
          list.filter(entry => !value.includes(entry)),
        );
      }
    } else if (value === null) {
      result.delete(field);
    } else if (Array.isArray(value)) {
      result.set(field, mergeList(result.get(field), value, field));
    } else if (!field.startsWith(ORDER)) {
      result.set(field, strategicMerge(result.get(field), value));
    }
  }
  for (const [field, order] of Object.entries(fields)) {
    const target = field.slice(ORDER.length);
    if (field.startsWith(ORDER) && result.has(target)) {
      result.set(target, reorder(result.get(target), order));
    }
  }
  if (Array.isArray($retainKeys)) {
    for (const field of result.keys()) {
      if (!$retainKeys.includes(field)) {
        result.delete(field);
      }
    }
  }
  result.forEach((value, field) => {
    if (value === undefined) {
      result.delete(field);
    }
  });
  // Not an assignment per key: `__proto__` must stay an ordinary key.
  return Object.fromEntries(result) as JsonRecord;
}
