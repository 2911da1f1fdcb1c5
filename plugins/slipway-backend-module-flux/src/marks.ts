import type { EngineMarks } from '@slipway/backstage-plugin-slipway-node';

/**
 * What Flux's controllers write on what they apply, and read from it.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export const MARKS: EngineMarks = {
  fieldManagers: ['kustomize-controller', 'helm-controller'],
  metadata: ['kustomize.toolkit.fluxcd.io/', 'helm.toolkit.fluxcd.io/'],
  owners: [
    {
      type: 'twoKeys',
      kind: 'Kustomization',
      name: 'kustomize.toolkit.fluxcd.io/name',
      namespace: 'kustomize.toolkit.fluxcd.io/namespace',
    },
    {
      type: 'twoKeys',
      kind: 'HelmRelease',
      name: 'helm.toolkit.fluxcd.io/name',
      namespace: 'helm.toolkit.fluxcd.io/namespace',
    },
  ],
  hooks: [],
  kept: [{ key: 'kustomize.toolkit.fluxcd.io/prune', value: 'disabled' }],
  leftAlone: [
    { key: 'kustomize.toolkit.fluxcd.io/reconcile', value: 'disabled' },
    { key: 'kustomize.toolkit.fluxcd.io/ssa', value: 'Ignore' },
  ],
};
