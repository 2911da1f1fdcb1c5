import { KubernetesObject } from './types';

/** Says which Application an object came from: Argo CD 3 tracks by annotation. */
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** The group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** The version of an apiVersion. */
export function versionOf(apiVersion: string): string {
  return apiVersion.split('/').pop()!;
}

/** `{application}:{group}/{kind}:{namespace}/{name}` */
export function trackingId(
  application: string,
  object: KubernetesObject,
): string {
  const { namespace = '', name } = object.metadata;
  return `${application}:${groupOf(object.apiVersion)}/${
    object.kind
  }:${namespace}/${name}`;
}

/** The Application that an object says it came from. A copy of somebody else's annotation does not count. */
export function trackedApplication(
  object: KubernetesObject,
): string | undefined {
  const id = object.metadata.annotations?.[TRACKING_ANNOTATION];
  const application = id?.split(':')[0];
  return application && id === trackingId(application, object)
    ? application
    : undefined;
}

/** Identifies an object inside a cluster, whatever its version. */
export function objectKey(object: KubernetesObject): string {
  const { namespace = '', name } = object.metadata;
  return `${groupOf(object.apiVersion)}/${object.kind}/${namespace}/${name}`;
}
