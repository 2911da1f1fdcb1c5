import type { EngineObjectKey } from '@slipway/backstage-plugin-slipway-node';

/** Identifies an engine object among those of all clusters; no part can hold a slash. */
export function engineObjectId(key: EngineObjectKey): string {
  const { cluster, engine, namespace, name, kind } = key;
  const id = `${cluster}/${engine}/${namespace}/${name}`;
  return kind === undefined ? id : `${id}/${kind}`;
}

/** The kind in an id; absent where its engine has one kind only. */
export function kindOfEngineObject(id: string): string | undefined {
  return id.split('/')[4];
}
