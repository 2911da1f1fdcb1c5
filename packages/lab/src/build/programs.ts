/** A program of the lab, and the Go package that it is built from. */
export interface ProgramSource {
  name: string;
  package: string;
}

/** The ones that cost minutes come last: what can fail quickly does. */
export const PROGRAMS: ProgramSource[] = [
  { name: 'tether', package: './cmd/tether' },
  { name: 'labpki', package: './cmd/labpki' },
  { name: 'labredis', package: './cmd/labredis' },
  { name: 'kustomize', package: 'sigs.k8s.io/kustomize/kustomize/v5' },
  { name: 'gitsource', package: './cmd/gitsource' },
  {
    name: 'kustomize-controller',
    package: 'github.com/fluxcd/kustomize-controller',
  },
  { name: 'kubelab', package: './cmd/kubelab' },
  { name: 'argocd', package: 'github.com/argoproj/argo-cd/v3/cmd' },
];

const KUBERNETES = 'k8s.io/component-base/version';

/** An API server tells clients the version that it was linked with. */
export function linkerFlags(kubernetesVersion: string): string {
  const [major, minor] = kubernetesVersion.replace('v', '').split('.');
  const values = {
    gitVersion: kubernetesVersion,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
    gitCommit: 'lab',
    buildDate: '1970-01-01T00:00:00Z',
  };
  return [
    '-s -w',
    ...Object.entries(values).map(
      ([name, value]) => `-X ${KUBERNETES}.${name}=${value}`,
    ),
  ].join(' ');
}
