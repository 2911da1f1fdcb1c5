import { isMap } from 'yaml';
import { getValue, textOf, type AliasTargets } from './nodes';

/** What Kubernetes knows an object by. */
export interface ObjectIdentity {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** Kubernetes allows about 320 characters at most. What is longer may be repeated by aliases without end. */
const MAX_LENGTH = 400;

/** @returns `undefined` for a map that is no Kubernetes object: it has no `kind`, and neither `apiVersion` nor `metadata` */
export function identityOf(
  node: unknown,
  targets: AliasTargets,
): ObjectIdentity | undefined {
  if (!isMap(node)) return undefined;
  const textAt = (map: unknown, key: string) =>
    textOf(getValue(map, key, targets))?.slice(0, MAX_LENGTH);
  const kind = textAt(node, 'kind');
  if (kind === undefined) return undefined;
  const apiVersion = textAt(node, 'apiVersion');
  const metadata = getValue(node, 'metadata', targets);
  if (apiVersion === undefined && !isMap(metadata)) return undefined;
  const namespace = textAt(metadata, 'namespace');
  return {
    apiVersion: apiVersion ?? '',
    kind,
    ...(namespace && { namespace }),
    name: textAt(metadata, 'name') ?? '',
  };
}

export function identityKey(identity: ObjectIdentity): string {
  const { apiVersion, kind, namespace, name } = identity;
  return JSON.stringify([apiVersion, kind, namespace ?? '', name]);
}
