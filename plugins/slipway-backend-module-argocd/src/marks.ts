import type { EngineMarks } from '@slipway/backstage-plugin-slipway-node';

/**
 * What Argo CD writes on what it applies, and reads from it. Its own annotations in manifests (waves, options) come from Git.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
export const MARKS: EngineMarks = {
  fieldManagers: ['argocd-controller'],
  metadata: [
    'argocd.argoproj.io/tracking-id',
    'argocd.argoproj.io/installation-id',
    'app.kubernetes.io/instance',
  ],
  owners: [
    { type: 'oneKey', key: 'argocd.argoproj.io/tracking-id' },
    { type: 'oneKey', key: 'app.kubernetes.io/instance' },
  ],
  hooks: ['argocd.argoproj.io/hook', 'helm.sh/hook'],
  kept: [{ key: 'argocd.argoproj.io/sync-options', value: 'Prune=false' }],
  leftAlone: [{ key: 'argocd.argoproj.io/hook', value: 'Skip' }],
};
