import type { EngineObjectKey } from '@slipway/backstage-plugin-slipway-node';

/** Identifies an engine object among those of all clusters; no part can hold a slash. */
export function engineObjectId(key: EngineObjectKey): string {
  return `${key.cluster}/${key.engine}/${key.namespace}/${key.name}`;
}
