import { asList, asRecord } from './json';
import { CRD_COLLECTION } from './builtinTypes';
import type { KubernetesObject, ResourceType } from './types';

type Defaulter = (object: KubernetesObject) => KubernetesObject;

function withSpec(defaults: Record<string, unknown>): Defaulter {
  return object => ({
    ...object,
    spec: { ...defaults, ...asRecord(object.spec) },
  });
}

function namespaceDefaults(object: KubernetesObject): KubernetesObject {
  const { name, labels } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'], ...asRecord(object.spec) },
    status: object.status ?? { phase: 'Active' },
  };
}

/** `stringData` is for writing only: the server stores it under `data`. */
function secretDefaults(object: KubernetesObject): KubernetesObject {
  const { stringData, type, data, ...rest } = object;
  const encoded = Object.entries(asRecord(stringData)).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  const merged = { ...asRecord(data), ...Object.fromEntries(encoded) };
  return {
    ...rest,
    ...(Object.keys(merged).length ? { data: merged } : {}),
    type: type ?? 'Opaque',
  };
}

function definitionDefaults(object: KubernetesObject): KubernetesObject {
  const spec = asRecord(object.spec);
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: object.metadata.creationTimestamp,
    reason,
    message,
  });
  const stored = asList(spec.versions)
    .map(asRecord)
    .filter(version => version.storage === true)
    .map(version => version.name);
  return {
    ...object,
    status: {
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        condition(
          'Established',
          'InitialNamesAccepted',
          'the initial names have been accepted',
        ),
      ],
      acceptedNames: spec.names,
      storedVersions: stored,
    },
  };
}

const DEFAULTERS: Record<string, Defaulter> = {
  namespaces: namespaceDefaults,
  secrets: secretDefaults,
  services: withSpec({ type: 'ClusterIP' }),
  'deployments.apps': withSpec({ replicas: 1 }),
  'statefulsets.apps': withSpec({ replicas: 1 }),
  'replicasets.apps': withSpec({ replicas: 1 }),
  'jobs.batch': withSpec({ completions: 1, parallelism: 1 }),
  [`${CRD_COLLECTION.resource}.${CRD_COLLECTION.group}`]: definitionDefaults,
};

/** Fills in the few defaults of built-in kinds that clients of the demo look at. */
export function withDefaults(
  type: ResourceType,
  object: KubernetesObject,
): KubernetesObject {
  const key = type.group ? `${type.resource}.${type.group}` : type.resource;
  return DEFAULTERS[key]?.(object) ?? object;
}
