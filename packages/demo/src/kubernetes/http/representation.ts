import { ApiError, badRequest } from '../store/ApiError';
import type { KubernetesObject, ResourceType } from '../store/types';
import { columnsOf } from './tableColumns';

/** In which shape objects are answered. */
export type Representation =
  | { shape: 'object' }
  | { shape: 'partial' }
  | { shape: 'table'; includeObject: 'Metadata' | 'Object' | 'None' };

/** The metadata of a list. */
export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

const META = 'meta.k8s.io/v1';

/**
 * Reads the `Accept` header: `application/json;as=Table;v=v1;g=meta.k8s.io` and its like.
 *
 * @throws ApiError 406 when the client takes nothing that is JSON.
 */
export function readRepresentation(
  accept: string | undefined,
  query: URLSearchParams,
): Representation {
  const choices = (accept || '*/*').split(',').map(choice => {
    const [type, ...parameters] = choice.split(';').map(part => part.trim());
    return { type, parameters };
  });
  const includeObject = query.get('includeObject') ?? 'Metadata';
  if (
    includeObject !== 'Metadata' &&
    includeObject !== 'Object' &&
    includeObject !== 'None'
  ) {
    throw badRequest(`includeObject: unsupported value "${includeObject}"`);
  }
  for (const { type, parameters } of choices) {
    if (!['application/json', 'application/*', '*/*'].includes(type)) {
      continue;
    }
    const as = parameters.find(part => part.startsWith('as='))?.slice(3) ?? '';
    if (as === 'Table') {
      return { shape: 'table', includeObject };
    }
    if (as.startsWith('PartialObjectMetadata')) {
      return { shape: 'partial' };
    }
    // Aggregated discovery and the like: the plain document is a valid answer to it.
    return { shape: 'object' };
  }
  throw new ApiError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json',
  );
}

function partial({ metadata }: KubernetesObject) {
  return { kind: 'PartialObjectMetadata', apiVersion: META, metadata };
}

function table(
  type: ResourceType,
  objects: KubernetesObject[],
  metadata: ListMeta,
  includeObject: 'Metadata' | 'Object' | 'None',
) {
  const columns = columnsOf(type);
  const embedded = (object: KubernetesObject) =>
    includeObject === 'Object' ? object : partial(object);
  return {
    kind: 'Table',
    apiVersion: META,
    metadata,
    columnDefinitions: columns.map(({ cell, ...definition }) => definition),
    rows: objects.map(object => ({
      cells: columns.map(({ cell }) => cell(object)),
      ...(includeObject === 'None' ? {} : { object: embedded(object) }),
    })),
  };
}

/** One object, in the shape that was asked for. */
export function representObject(
  type: ResourceType,
  object: KubernetesObject,
  representation: Representation,
): object {
  switch (representation.shape) {
    case 'table': {
      const { resourceVersion } = object.metadata;
      const { includeObject } = representation;
      return table(type, [object], { resourceVersion }, includeObject);
    }
    case 'partial':
      return partial(object);
    default:
      return object;
  }
}

/** A list of objects, in the shape that was asked for. */
export function representList(
  type: ResourceType,
  items: KubernetesObject[],
  metadata: ListMeta,
  representation: Representation,
): object {
  switch (representation.shape) {
    case 'table':
      return table(type, items, metadata, representation.includeObject);
    case 'partial':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: META,
        metadata,
        items: items.map(partial),
      };
    default: {
      const { group, version, kind } = type;
      return {
        kind: `${kind}List`,
        apiVersion: group ? `${group}/${version}` : version,
        metadata,
        items,
      };
    }
  }
}

/** The object of a `BOOKMARK` event: nothing but a resource version. */
export function representBookmark(
  { group, version, kind }: ResourceType,
  resourceVersion: string,
  representation: Representation,
  annotations?: Record<string, string>,
): object {
  const metadata = { resourceVersion, creationTimestamp: null, annotations };
  switch (representation.shape) {
    case 'table':
      return { kind: 'Table', apiVersion: META, metadata, rows: [] };
    case 'partial':
      return { kind: 'PartialObjectMetadata', apiVersion: META, metadata };
    default:
      return {
        kind,
        apiVersion: group ? `${group}/${version}` : version,
        metadata,
      };
  }
}
