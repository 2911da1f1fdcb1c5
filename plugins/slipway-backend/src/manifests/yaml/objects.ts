import { isMap } from 'yaml';
import { getValue, textOf, type AliasTargets } from './nodes';

/** What Kubernetes knows an object by. */
export interface ObjectIdentity {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** @returns `undefined` for a map that is no Kubernetes object: it has no `kind`, and neither `apiVersion` nor `metadata` */
export function identityOf(
  node: unknown,
  targets: AliasTargets,
): ObjectIdentity | undefined {
  if (!isMap(node)) return undefined;
  const kind = textOf(getValue(node, 'kind', targets));
  if (kind === undefined) return undefined;
  const apiVersion = textOf(getValue(node, 'apiVersion', targets));
  const metadata = getValue(node, 'metadata', targets);
  if (apiVersion === undefined && !isMap(metadata)) return undefined;
  const namespace = textOf(getValue(metadata, 'namespace', targets));
  return {
    apiVersion: apiVersion ?? '',
    kind,
    ...(namespace && { namespace }),
    name: textOf(getValue(metadata, 'name', targets)) ?? '',
  };
}

export function identityKey(identity: ObjectIdentity): string {
  const { apiVersion, kind, namespace, name } = identity;
  return JSON.stringify([apiVersion, kind, namespace ?? '', name]);
}
