import { CRD_COLLECTION } from './builtinTypes';
import { objectKey } from './listPages';
import { ResourceRegistry, typesOfDefinition } from './ResourceRegistry';
import type { KubernetesObject, ResourceType } from './types';

type GroupResource = Pick<ResourceType, 'group' | 'resource'>;

/** Identifies a collection over all versions of its resource. */
export function collectionKey({ group, resource }: GroupResource): string {
  return `${group}/${resource}`;
}

/** Whether two references mean the same resource, in whatever version. */
export function sameResource(a: GroupResource, b: GroupResource): boolean {
  return a.group === b.group && a.resource === b.resource;
}

/** The stored objects by resource and name; what CustomResourceDefinitions among them say is served. */
export class Collections {
  readonly registry = new ResourceRegistry();
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();

  find(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.#objects
      .get(collectionKey(type))
      ?.get(objectKey(type.namespaced ? namespace : undefined, name));
  }

  put(type: ResourceType, object: KubernetesObject): void {
    const key = collectionKey(type);
    const { namespace, name } = object.metadata;
    const collection = this.#objects.get(key) ?? new Map();
    collection.set(objectKey(namespace, name), object);
    this.#objects.set(key, collection);
    if (sameResource(type, CRD_COLLECTION)) {
      this.registry.define(object);
    }
  }

  remove(type: ResourceType, object: KubernetesObject): void {
    const { namespace, name } = object.metadata;
    this.#objects.get(collectionKey(type))?.delete(objectKey(namespace, name));
    if (sameResource(type, CRD_COLLECTION)) {
      this.registry.undefine(object);
    }
  }

  /** The objects of one resource, in no order. */
  of(type: GroupResource): KubernetesObject[] {
    return [...(this.#objects.get(collectionKey(type))?.values() ?? [])];
  }

  /** Every object. */
  all(): KubernetesObject[] {
    return [...this.#objects.values()].flatMap(items => [...items.values()]);
  }

  /** The objects of the kind that a CustomResourceDefinition defines. */
  instancesOf(definition: KubernetesObject): KubernetesObject[] {
    const [type] = typesOfDefinition(definition);
    return type ? this.of(type) : [];
  }

  /** The objects that one object owns. */
  dependentsOf({ metadata: { uid } }: KubernetesObject): KubernetesObject[] {
    return this.all().filter(({ metadata }) =>
      metadata.ownerReferences?.some(owner => owner.uid === uid),
    );
  }

  /** What is in a namespace. */
  contentOf(namespace: string): KubernetesObject[] {
    return this.all().filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
  }
}
