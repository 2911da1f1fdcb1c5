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
const ARGO_CD = 'github.com/argoproj/argo-cd/v3/common';

/** The API servers of Kubernetes and of Argo CD tell clients the version that they were linked with. */
export function linkerFlags(versions: {
  kubernetes: string;
  argoCd: string;
}): string {
  const { kubernetes, argoCd } = versions;
  const [major, minor] = kubernetes.replace('v', '').split('.');
  const values = {
    [KUBERNETES]: {
      gitVersion: kubernetes,
      gitMajor: major,
      gitMinor: minor,
      gitTreeState: 'clean',
      gitCommit: 'lab',
      buildDate: '1970-01-01T00:00:00Z',
    },
    [ARGO_CD]: { gitTag: argoCd, gitTreeState: 'clean', gitCommit: 'lab' },
  };
  return [
    '-s -w',
    ...Object.entries(values).flatMap(([path, variables]) =>
      Object.entries(variables).map(
        ([name, value]) => `-X ${path}.${name}=${value}`,
      ),
    ),
  ].join(' ');
}
