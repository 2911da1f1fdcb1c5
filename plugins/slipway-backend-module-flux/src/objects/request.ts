import {
  type Fields,
  fields,
  text,
} from '@slipway/backstage-plugin-slipway-node';

/**
 * Any other value asks for a reconciliation.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#triggering-a-reconcile
 */
export const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';

/** Slipway's own note on a request, `<value of requestedAt> <name>`: another request does not take the name over. */
export const REQUESTED_BY = 'slipway.dev/requested-by';

/** A reconciliation that was asked for (`reconcile.fluxcd.io/requestedAt`) and that the controller has not handled yet. */
export function isRequested(object: Fields): boolean {
  const { annotations, deletionTimestamp } = fields(object.metadata);
  const requested = text(fields(annotations)[REQUESTED_AT]);
  return (
    requested !== undefined &&
    text(deletionTimestamp) === undefined &&
    fields(object.spec).suspend !== true &&
    requested !== fields(object.status).lastHandledReconcileAt
  );
}

/** Who asked for it, where Slipway did. */
export function requesterOf(object: Fields): string | undefined {
  const annotations = fields(fields(object.metadata).annotations);
  const requested = text(annotations[REQUESTED_AT]);
  const [token, ...name] = (text(annotations[REQUESTED_BY]) ?? '').split(' ');
  return token === requested ? text(name.join(' ')) : undefined;
}
