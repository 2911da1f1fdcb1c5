import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { ResourceKind } from '@slipway/backstage-plugin-slipway-node';

const SOURCE = { group: 'source.toolkit.fluxcd.io', version: 'v1' };

/** What is watched of Flux, by kind. */
export const KINDS = {
  Kustomization: {
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    resource: 'kustomizations',
  },
  HelmRelease: {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    resource: 'helmreleases',
  },
  GitRepository: { ...SOURCE, resource: 'gitrepositories' },
  OCIRepository: { ...SOURCE, resource: 'ocirepositories' },
  Bucket: { ...SOURCE, resource: 'buckets' },
  HelmRepository: { ...SOURCE, resource: 'helmrepositories' },
  HelmChart: { ...SOURCE, resource: 'helmcharts' },
} satisfies Record<string, ResourceKind>;

export type FluxKind = keyof typeof KINDS;

/** Kinds that deliver to a cluster. */
export const ENGINE_KINDS = ['Kustomization', 'HelmRelease'] as const;

export type EngineKind = (typeof ENGINE_KINDS)[number];

export const FLUX_KINDS = Object.keys(KINDS) as FluxKind[];

export function isEngineKind(kind: unknown): kind is EngineKind {
  return ENGINE_KINDS.some(one => one === kind);
}

export function isFluxKind(kind: unknown): kind is FluxKind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

/** Whether a problem is of one kind, and not of the server as a whole. */
export function isOfOneKind({ code }: Reason): boolean {
  return ['forbidden', 'kindNotServed', 'serverError'].includes(code);
}
