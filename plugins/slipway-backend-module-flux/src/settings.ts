import { InputError } from '@backstage/errors';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';

/** `slipway.clusters[].flux`. */
export interface FluxSettings {
  /** Where Flux's objects are looked for; everywhere when absent. */
  namespaces?: string[];
}

/** @throws InputError that names the key. */
export function readFluxSettings(cluster: ClusterConfig): FluxSettings {
  const { namespaces } = cluster.engineSettings.flux ?? {};
  if (namespaces === undefined) return {};
  if (!Array.isArray(namespaces) || !namespaces.every(isNamespace)) {
    throw new InputError(
      `namespaces in the flux settings of the cluster "${cluster.name}" in slipway.clusters must list namespace names`,
    );
  }
  return {
    namespaces: namespaces.length > 0 ? [...new Set(namespaces)] : undefined,
  };
}

function isNamespace(value: unknown): value is string {
  return (
    typeof value === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value)
  );
}
