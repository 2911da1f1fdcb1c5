import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import { toEngineObject } from '../toEngineObject';

/** What an Application with these fields is mapped to. */
export function mapped(application: {
  metadata?: object;
  spec?: unknown;
  status?: unknown;
  operation?: unknown;
}): EngineObject {
  const metadata = { name: 'cart', namespace: 'argocd', resourceVersion: '5' };
  const object = toEngineObject(
    { ...application, metadata: { ...metadata, ...application.metadata } },
    { cluster: 'centre' },
  );
  if (!object) throw new Error('It is mapped to nothing');
  return object;
}

/** Without the fields that are there and undefined. */
export function defined(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}
