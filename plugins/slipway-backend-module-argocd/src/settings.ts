import { InputError } from '@backstage/errors';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';

/** `slipway.clusters[].argocd`. */
export interface ArgoCdSettings {
  /** Where Applications are looked for; everywhere when absent. */
  namespaces?: string[];
  /** Argo CD's own user interface, without trailing slash. */
  url?: string;
}

/** @throws InputError that names the key. */
export function readArgoCdSettings(cluster: ClusterConfig): ArgoCdSettings {
  const { namespaces, url } = cluster.engineSettings.argocd ?? {};
  const key = `argocd settings of the cluster "${cluster.name}" in slipway.clusters`;
  if (
    namespaces !== undefined &&
    !(Array.isArray(namespaces) && namespaces.every(isNamespace))
  ) {
    throw new InputError(`namespaces in the ${key} must list namespace names`);
  }
  if (url !== undefined && !isHttpUrl(url)) {
    throw new InputError(`url in the ${key} must be an http(s) URL`);
  }
  return {
    namespaces: namespaces?.length ? [...new Set(namespaces)] : undefined,
    url: url?.replace(/\/+$/, ''),
  };
}

function isNamespace(value: unknown): value is string {
  return (
    typeof value === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value)
  );
}

function isHttpUrl(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol)
  );
}
