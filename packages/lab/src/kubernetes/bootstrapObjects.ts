import { KubernetesObject } from './types';

/** The node of every cluster, as large as it must be. */
export const NODE = 'node-0';

/** The namespace and the name of the account that Slipway signs in with. */
export const SLIPWAY = 'slipway';

/**
 * What a cluster has from the start: a node that kwok plays, a stand-in for the
 * scheduler, and an account for Slipway with no rights yet.
 */
export const BOOTSTRAP_OBJECTS: KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: NODE,
      labels: { 'kubernetes.io/hostname': NODE, 'kubernetes.io/os': 'linux' },
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'place-pods' },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['pods'],
          },
        ],
      },
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConditions: [
        {
          name: 'unplaced',
          expression:
            "!has(object.spec.nodeName) || object.spec.nodeName == ''",
        },
      ],
      mutations: [
        {
          patchType: 'ApplyConfiguration',
          applyConfiguration: {
            expression: `Object{spec: Object.spec{nodeName: '${NODE}'}}`,
          },
        },
      ],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name: 'place-pods' },
    spec: { policyName: 'place-pods' },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SLIPWAY } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: SLIPWAY, namespace: SLIPWAY },
  },
];

/** Created on trial, to see where it would go. */
export const PROBE_POD: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'probe' },
  spec: { containers: [{ name: 'probe', image: 'registry.example/probe:1' }] },
};

/**
 * Only service accounts are written down: what Slipway and engines on other
 * clusters cost an API server, and not what its own controllers do.
 */
export const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
    userGroups: ['system:serviceaccounts']
  - level: None
`;
