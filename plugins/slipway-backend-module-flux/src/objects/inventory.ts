import {
  type EngineResource,
  type Fields,
  fields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';

/**
 * `status.inventory.entries`: what was applied, by `<namespace>_<name>_<group>_<kind>` and version. Flux says nothing about single
 * ones of them.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#inventory
 */
export function readInventory(
  object: Fields,
  status: string | undefined,
): EngineResource[] {
  const { entries } = fields(fields(object.status).inventory);
  return rows(entries).flatMap(({ id, v }): EngineResource[] => {
    // A name may hold the `_` that separates, the other parts not; the `:` of RBAC names is written `__`.
    const parts = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(text(id) ?? '');
    if (!parts) return [];
    const [, namespace, name, group, kind] = parts;
    return [
      {
        group,
        version: text(v),
        kind,
        namespace,
        name: name.replaceAll('__', ':'),
        status,
      },
    ];
  });
}
