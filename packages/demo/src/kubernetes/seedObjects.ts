import { argoCdDefinitions } from './argoCdDefinitions';
import { CRD_COLLECTION, NAMESPACE_COLLECTION } from './store/builtinTypes';
import { kubernetesTime } from './store/objectRules';
import type { ObjectStore } from './store/ObjectStore';
import type { ObjectInput } from './store/types';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

function node(name: string): ObjectInput {
  const time = kubernetesTime();
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: time,
          lastTransitionTime: time,
        },
      ],
      nodeInfo: { kubeletVersion: 'v1.33.4', architecture: 'amd64' },
    },
  };
}

/** Creates what every cluster has, where it is missing: namespaces, a node, Argo CD's CRDs. */
export function seedObjects(store: ObjectStore): void {
  const nodes = { group: '', version: 'v1', resource: 'nodes' };
  for (const name of NAMESPACES) {
    if (!store.find({ ...NAMESPACE_COLLECTION, name })) {
      store.create(NAMESPACE_COLLECTION, { metadata: { name } });
    }
  }
  const name = 'node-1';
  if (!store.find({ ...nodes, name })) {
    const input = node(name);
    store.create(nodes, input);
    store.update({ ...nodes, name }, input, { subresource: 'status' });
  }
  for (const definition of argoCdDefinitions) {
    const ref = store.refTo(definition);
    if (!store.find(ref)) {
      store.create(CRD_COLLECTION, definition);
    }
  }
}
