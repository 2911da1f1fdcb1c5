import { isFields } from '@slipway/backstage-plugin-slipway-node';

/**
 * Lists of Kubernetes' own kinds that several may add to, and the field by which their items are told apart (`patchMergeKey`): what
 * Git does not declare in them is somebody else's.
 */
const SHARED: Record<string, readonly string[]> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

export interface ListMatching {
  /** Names the item at a place; items of one name belong together. */
  label(item: unknown, index: number): string;
  /** Items that Git does not declare make no difference. */
  shared: boolean;
}

/**
 * How the items of lists are matched with each other: by the field that the API matches them by, else by a name that each has for itself,
 * else by their places.
 *
 * @param field - that holds the list
 * @param builtin - whether the object is of one of Kubernetes' own kinds
 */
export function matchItems(
  field: string | undefined,
  lists: readonly unknown[][],
  builtin: boolean,
): ListMatching {
  const merge = builtin && field ? SHARED[field] ?? [] : [];
  for (const key of [...merge, 'name']) {
    if (lists.every(list => isKey(list, key))) {
      return {
        label: item => String((item as Record<string, unknown>)[key]),
        shared: merge.includes(key),
      };
    }
  }
  const scalars = builtin && field === 'finalizers';
  return {
    label: scalars ? item => String(item) : (_, index) => String(index),
    shared: scalars,
  };
}

function isKey(list: readonly unknown[], key: string): boolean {
  const names = new Set<string>();
  for (const item of list) {
    const name = isFields(item) ? item[key] : undefined;
    if (typeof name !== 'string' && typeof name !== 'number') return false;
    names.add(String(name));
  }
  return names.size === list.length;
}
