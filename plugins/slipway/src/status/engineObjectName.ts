import type { EngineObjectRef } from '@slipway/backstage-plugin-slipway-common';

/** An engine object as people find it: `argocd/prod2-checkout @ centre`, `HelmRelease shop/redis @ gd`. */
export function engineObjectName(ref: EngineObjectRef): string {
  const { cluster, kind, name, namespace } = ref;
  const place = `${namespace}/${name} @ ${cluster}`;
  return kind ? `${kind} ${place}` : place;
}
