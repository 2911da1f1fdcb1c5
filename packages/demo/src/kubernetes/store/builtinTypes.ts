import type { ResourceType } from './types';

interface Definition {
  kind: string;
  resource: string;
  shortNames?: string[];
  clusterScoped?: boolean;
  /** Has a status, so also a `/status` subresource. */
  status?: boolean;
  generation?: boolean;
  all?: boolean;
  selectableFields?: string[];
}

const WORKLOAD = { status: true, generation: true, all: true };

const GROUPS: Record<string, Definition[]> = {
  '/v1': [
    {
      kind: 'Namespace',
      resource: 'namespaces',
      shortNames: ['ns'],
      clusterScoped: true,
      status: true,
      selectableFields: ['status.phase'],
    },
    {
      kind: 'Pod',
      resource: 'pods',
      shortNames: ['po'],
      status: true,
      all: true,
      selectableFields: ['status.phase', 'spec.nodeName'],
    },
    {
      kind: 'Service',
      resource: 'services',
      shortNames: ['svc'],
      status: true,
      all: true,
    },
    { kind: 'ConfigMap', resource: 'configmaps', shortNames: ['cm'] },
    { kind: 'Secret', resource: 'secrets', selectableFields: ['type'] },
    { kind: 'ServiceAccount', resource: 'serviceaccounts', shortNames: ['sa'] },
    {
      kind: 'PersistentVolumeClaim',
      resource: 'persistentvolumeclaims',
      shortNames: ['pvc'],
      status: true,
    },
    {
      kind: 'Event',
      resource: 'events',
      shortNames: ['ev'],
      selectableFields: [
        'involvedObject.kind',
        'involvedObject.namespace',
        'involvedObject.name',
        'involvedObject.uid',
        'reason',
        'type',
      ],
    },
    {
      kind: 'Node',
      resource: 'nodes',
      shortNames: ['no'],
      clusterScoped: true,
      status: true,
    },
  ],
  'apps/v1': [
    {
      kind: 'Deployment',
      resource: 'deployments',
      shortNames: ['deploy'],
      ...WORKLOAD,
    },
    {
      kind: 'StatefulSet',
      resource: 'statefulsets',
      shortNames: ['sts'],
      ...WORKLOAD,
    },
    {
      kind: 'DaemonSet',
      resource: 'daemonsets',
      shortNames: ['ds'],
      ...WORKLOAD,
    },
    {
      kind: 'ReplicaSet',
      resource: 'replicasets',
      shortNames: ['rs'],
      ...WORKLOAD,
    },
  ],
  'batch/v1': [
    { kind: 'Job', resource: 'jobs', ...WORKLOAD },
    { kind: 'CronJob', resource: 'cronjobs', shortNames: ['cj'], ...WORKLOAD },
  ],
  'networking.k8s.io/v1': [
    {
      kind: 'Ingress',
      resource: 'ingresses',
      shortNames: ['ing'],
      status: true,
      generation: true,
    },
    {
      kind: 'NetworkPolicy',
      resource: 'networkpolicies',
      shortNames: ['netpol'],
      generation: true,
    },
  ],
  'autoscaling/v2': [
    {
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      shortNames: ['hpa'],
      status: true,
      all: true,
    },
  ],
  'policy/v1': [
    {
      kind: 'PodDisruptionBudget',
      resource: 'poddisruptionbudgets',
      shortNames: ['pdb'],
      status: true,
      generation: true,
    },
  ],
  'rbac.authorization.k8s.io/v1': [
    { kind: 'Role', resource: 'roles' },
    { kind: 'RoleBinding', resource: 'rolebindings' },
    { kind: 'ClusterRole', resource: 'clusterroles', clusterScoped: true },
    {
      kind: 'ClusterRoleBinding',
      resource: 'clusterrolebindings',
      clusterScoped: true,
    },
  ],
  'apiextensions.k8s.io/v1': [
    {
      kind: 'CustomResourceDefinition',
      resource: 'customresourcedefinitions',
      shortNames: ['crd', 'crds'],
      clusterScoped: true,
      status: true,
      generation: true,
    },
  ],
};

/** The resources that are there without any CustomResourceDefinition, in discovery order. */
export const builtinTypes: readonly ResourceType[] = Object.entries(
  GROUPS,
).flatMap(([groupVersion, definitions]) => {
  const [group, version] = groupVersion.split('/');
  return definitions.map(definition => ({
    group,
    version,
    resource: definition.resource,
    kind: definition.kind,
    singular: definition.kind.toLowerCase(),
    shortNames: definition.shortNames ?? [],
    categories: definition.all ? ['all'] : [],
    namespaced: !definition.clusterScoped,
    statusSubresource: definition.status ?? false,
    generation: definition.generation ?? false,
    custom: false,
    selectableFields: definition.selectableFields ?? [],
    printerColumns: [],
  }));
});

/** Where CustomResourceDefinitions are kept. */
export const CRD_COLLECTION = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
} as const;

/** Where Namespaces are kept. */
export const NAMESPACE_COLLECTION = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
} as const;
