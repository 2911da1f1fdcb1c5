import type { Entity } from '@backstage/catalog-model';
import { isSlipwayAvailable as hasAnnotation } from '@slipway/backstage-plugin-slipway-common';

/**
 * Whether an entity page should show Slipway: the entity has the annotation, or it is a System or Domain, whose parts may have it.
 *
 * @public
 */
export function isSlipwayAvailable(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  return kind === 'system' || kind === 'domain' || hasAnnotation(entity);
}
