import { ApiError, unknownResource } from './ApiError';
import { builtinTypes } from './builtinTypes';
import { asList, asRecord } from './json';
import type {
  CollectionRef,
  KubernetesObject,
  ObjectInput,
  PrinterColumn,
  ResourceType,
} from './types';

function strings(value: unknown): string[] {
  return asList(value).filter(item => typeof item === 'string');
}

/**
 * The resources that a CustomResourceDefinition asks for, one for each served version.
 * See https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
 */
export function typesOfDefinition(
  definition: KubernetesObject,
): ResourceType[] {
  const spec = asRecord(definition.spec);
  const names = asRecord(spec.names);
  const kind = String(names.kind);
  return asList(spec.versions)
    .map(asRecord)
    .filter(version => version.served !== false)
    .map(version => ({
      group: String(spec.group),
      version: String(version.name),
      resource: String(names.plural),
      kind,
      singular: String(names.singular ?? kind.toLowerCase()),
      shortNames: strings(names.shortNames),
      categories: strings(names.categories),
      namespaced: spec.scope !== 'Cluster',
      statusSubresource: asRecord(version.subresources).status !== undefined,
      generation: true,
      custom: true,
      selectableFields: asList(version.selectableFields).map(field =>
        String(asRecord(field).jsonPath).replace(/^\./, ''),
      ),
      printerColumns: asList(
        version.additionalPrinterColumns,
      ) as PrinterColumn[],
    }));
}

/** Knows which resources are served: the built-in ones and those of CustomResourceDefinitions. */
export class ResourceRegistry {
  readonly #custom = new Map<string, ResourceType[]>();

  /** Starts serving what a CustomResourceDefinition describes, or follows its change. */
  define(definition: KubernetesObject): void {
    this.#custom.set(definition.metadata.name, typesOfDefinition(definition));
  }

  /** Stops serving the resources of a deleted CustomResourceDefinition. */
  undefine(definition: KubernetesObject): void {
    this.#custom.delete(definition.metadata.name);
  }

  /** All served resources, in discovery order. */
  all(): ResourceType[] {
    return [...builtinTypes, ...[...this.#custom.values()].flat()];
  }

  /** The type behind a reference; throws the 404 of an unknown resource. */
  get(ref: CollectionRef): ResourceType {
    const found = this.#find(
      type =>
        type.group === ref.group &&
        type.version === ref.version &&
        type.resource === ref.resource,
    );
    if (!found) {
      throw unknownResource();
    }
    return found;
  }

  /** The type of a manifest, by its `apiVersion` and `kind`. */
  ofManifest(manifest: ObjectInput): ResourceType {
    const { apiVersion = '', kind = '' } = manifest;
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    const version = apiVersion.slice(slash + 1);
    const found = this.#find(
      type =>
        type.group === group && type.version === version && type.kind === kind,
    );
    if (!found) {
      throw new ApiError(
        404,
        'NotFound',
        `no matches for kind "${kind}" in version "${apiVersion}"`,
      );
    }
    return found;
  }

  #find(matches: (type: ResourceType) => boolean): ResourceType | undefined {
    const builtin = builtinTypes.find(matches);
    if (builtin) {
      return builtin;
    }
    for (const types of this.#custom.values()) {
      const found = types.find(matches);
      if (found) {
        return found;
      }
    }
    return undefined;
  }
}
