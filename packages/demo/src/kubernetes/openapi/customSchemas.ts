import { asList, asRecord, isRecord } from '../store/json';
import type { KubernetesObject } from '../store/types';
import { metaSchemas } from './builtinSchemas';
import { referenceTo, type Schema, type Schemas } from './types';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** What every object has, whatever its definition says. */
function typeMeta(metadata: 'ObjectMeta' | 'ListMeta'): Schema['properties'] {
  return {
    apiVersion: {
      type: 'string',
      description:
        'APIVersion defines the versioned schema of this representation of an object.',
    },
    kind: {
      type: 'string',
      description:
        'Kind is a string value representing the REST resource this object represents.',
    },
    metadata: {
      allOf: [referenceTo(`${META}.${metadata}`)],
      description: "Standard object's metadata.",
    },
  };
}

/** `argoproj.io`, `v1alpha1` → `io.argoproj.v1alpha1`. */
function packageOf(group: string, version: string): string {
  return [...group.split('.').reverse(), version].join('.');
}

/** The schemas that CustomResourceDefinitions add to one group version. */
export function customSchemas(
  definitions: readonly KubernetesObject[],
  group: string,
  version: string,
): Schemas {
  const schemas: Schemas = metaSchemas();
  for (const definition of definitions) {
    const spec = asRecord(definition.spec);
    const found = asList(spec.versions)
      .map(asRecord)
      .find(({ name, served }) => name === version && served !== false);
    if (spec.group !== group || !found) {
      continue;
    }
    const { kind, listKind } = asRecord(spec.names);
    const own = asRecord(found.schema).openAPIV3Schema;
    const name = `${packageOf(group, version)}.${kind}`;
    schemas[name] = {
      type: 'object',
      ...(isRecord(own) ? own : {}),
      properties: {
        ...(asRecord(asRecord(own).properties) as Record<string, Schema>),
        ...typeMeta('ObjectMeta'),
      },
      'x-kubernetes-group-version-kind': [{ group, kind, version }],
    };
    const list = String(listKind ?? `${kind}List`);
    schemas[`${packageOf(group, version)}.${list}`] = {
      description: `${list} is a list of ${kind}`,
      type: 'object',
      required: ['items'],
      properties: {
        ...typeMeta('ListMeta'),
        items: { type: 'array', items: referenceTo(name) },
      },
      'x-kubernetes-group-version-kind': [{ group, kind: list, version }],
    };
  }
  return schemas;
}
