import { InputError } from '@backstage/errors';
import {
  type ClusterAuth,
  type ClusterConfig,
  fields,
  isObjectName,
  text,
} from '@slipway/backstage-plugin-slipway-node';

/** `slipway.clusters[].argocd`. */
export interface ArgoCdSettings {
  /** Where Applications are looked for; everywhere when absent. */
  namespaces?: string[];
  /** Argo CD's own user interface, without trailing slash. */
  url?: string;
  /** Name of the application controller's StatefulSet or Deployment. */
  controller?: string;
  /** Argo CD's own API. */
  api?: ClusterAuth & { type: 'serviceAccount' };
}

/** @throws InputError that names the key. */
export function readArgoCdSettings(cluster: ClusterConfig): ArgoCdSettings {
  const { namespaces, url, controller, api } =
    cluster.engineSettings.argocd ?? {};
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
  if (
    controller !== undefined &&
    !(typeof controller === 'string' && isObjectName(controller))
  ) {
    throw new InputError(`controller in the ${key} must be an object's name`);
  }
  return {
    namespaces: namespaces?.length ? [...new Set(namespaces)] : undefined,
    url: url?.replace(/\/+$/, ''),
    controller,
    api: readApi(api, key),
  };
}

function readApi(api: unknown, key: string): ArgoCdSettings['api'] {
  if (api === undefined) {
    return undefined;
  }
  const { url, token, tokenFile, caFile } = fields(api);
  if (!isHttpUrl(url)) {
    throw new InputError(`api.url in the ${key} must be an http(s) URL`);
  }
  for (const [name, value] of Object.entries({ token, tokenFile, caFile })) {
    if (value !== undefined && !text(value)) {
      throw new InputError(`api.${name} in the ${key} must be a text`);
    }
  }
  return {
    type: 'serviceAccount',
    server: url,
    token: text(token),
    tokenFile: text(tokenFile),
    caFile: text(caFile),
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
