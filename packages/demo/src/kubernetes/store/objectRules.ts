import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { badRequest, conflict, forbidden, invalid } from './ApiError';
import { asRecord, isRecord, jsonCopy } from './json';
import { withDefaults } from './objectDefaults';
import type {
  CollectionRef,
  KubernetesObject,
  ObjectInput,
  ObjectMeta,
  Preconditions,
  ResourceType,
  StatusCause,
} from './types';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const RBAC = 'rbac.authorization.k8s.io';

/** Now, as Kubernetes writes it. */
export function kubernetesTime(date = new Date()): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function apiVersionOf({ group, version }: ResourceType): string {
  return group ? `${group}/${version}` : version;
}

/** The same object as another version of its resource (as conversion strategy `None` does). */
export function asVersion(
  type: ResourceType,
  object: KubernetesObject,
): KubernetesObject {
  const apiVersion = apiVersionOf(type);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

function stringMap(
  value: unknown,
  field: string,
  causes: StatusCause[],
): Record<string, string> | undefined {
  if (value !== undefined && value !== null && !isRecord(value)) {
    causes.push({
      reason: 'FieldValueTypeInvalid',
      message: `Invalid value: ${JSON.stringify(value)}: must be an object`,
      field: `metadata.${field}`,
    });
  }
  const entries = Object.entries(asRecord(value));
  for (const [key, item] of entries) {
    if (typeof item !== 'string') {
      causes.push({
        reason: 'FieldValueTypeInvalid',
        message: `Invalid value: ${JSON.stringify(item)}: must be a string`,
        field: `metadata.${field}.${key}`,
      });
    }
  }
  return entries.length
    ? (Object.fromEntries(entries) as Record<string, string>)
    : undefined;
}

function list<T>(
  value: T[] | undefined,
  field: string,
  causes: StatusCause[],
): T[] | undefined {
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    causes.push({
      reason: 'FieldValueTypeInvalid',
      message: `Invalid value: ${JSON.stringify(value)}: must be a list`,
      field: `metadata.${field}`,
    });
  }
  return value?.length ? value : undefined;
}

function nameCause(type: ResourceType, name: unknown): StatusCause | undefined {
  const field = 'metadata.name';
  if (name === undefined || name === '') {
    return {
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      field,
    };
  }
  const valid =
    typeof name === 'string' &&
    name.length <= 253 &&
    (type.group === RBAC
      ? name !== '.' && name !== '..' && !/[/%]/.test(name)
      : SUBDOMAIN.test(name));
  return valid
    ? undefined
    : {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${JSON.stringify(name)}: ${SUBDOMAIN_RULE}`,
        field,
      };
}

/** Refuses an object that contradicts where it is sent to. */
export function checkAddress(
  type: ResourceType,
  ref: CollectionRef & { name?: string },
  input: ObjectInput,
): void {
  const { apiVersion, kind, metadata = {} } = input;
  const expected = apiVersionOf(type);
  if (
    (apiVersion ?? expected) !== expected ||
    (kind ?? type.kind) !== type.kind
  ) {
    throw badRequest(
      `${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: no kind "${kind}" is registered for version "${apiVersion}" in this resource (expected ${expected}, ${type.kind})`,
    );
  }
  if (ref.name && metadata.name && metadata.name !== ref.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${ref.name})`,
    );
  }
  if (
    type.namespaced &&
    metadata.namespace &&
    metadata.namespace !== ref.namespace
  ) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}

/** Optimistic concurrency: refuses to write over what the writer has not seen. */
export function checkPreconditions(
  type: ResourceType,
  { metadata }: KubernetesObject,
  expected: Preconditions,
): void {
  const { uid, resourceVersion } = expected;
  if (uid && uid !== metadata.uid) {
    throw conflict(
      type,
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(type, metadata.name);
  }
}

/** Nothing new may come into a namespace that is going away. */
export function checkNamespace(
  { group, resource }: ResourceType,
  { metadata: { name } }: KubernetesObject,
  namespace: KubernetesObject,
): void {
  if (namespace.metadata.deletionTimestamp) {
    throw forbidden(
      `${resource}${
        group && `.${group}`
      } "${name}" is forbidden: unable to create new content in namespace ${
        namespace.metadata.name
      } because it is being terminated`,
      { name, group: group || undefined, kind: resource },
    );
  }
}

/** Metadata in canonical order; what only the server may set comes from `system`. */
function metadataOf(
  type: ResourceType,
  input: ObjectInput,
  system: Omit<ObjectMeta, 'labels' | 'annotations' | 'finalizers'>,
): ObjectMeta {
  const causes: StatusCause[] = [];
  const { labels, annotations, finalizers, ownerReferences } =
    input.metadata ?? {};
  const metadata: ObjectMeta = {
    ...system,
    labels: stringMap(labels, 'labels', causes),
    annotations: stringMap(annotations, 'annotations', causes),
    finalizers: list(finalizers, 'finalizers', causes),
    ownerReferences: list(ownerReferences, 'ownerReferences', causes),
  };
  const cause = nameCause(type, metadata.name);
  if (cause) {
    causes.unshift(cause);
  }
  if (causes.length) {
    throw invalid(type, String(metadata.name ?? ''), causes);
  }
  return dropUndefined(metadata);
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}

/** What is stored when an object is created: checked, with everything that the server adds. */
export function prepareCreate(
  type: ResourceType,
  ref: CollectionRef,
  input: ObjectInput,
): KubernetesObject {
  checkAddress(type, ref, input);
  const { apiVersion, kind, metadata: given = {}, status, ...content } = input;
  const name =
    given.name ||
    (given.generateName && `${given.generateName}${randomUUID().slice(0, 5)}`);
  const metadata = metadataOf(type, input, {
    name: name as string,
    generateName: given.generateName,
    namespace: type.namespaced ? ref.namespace : undefined,
    uid: randomUUID(),
    resourceVersion: '',
    generation: type.generation ? 1 : undefined,
    creationTimestamp: kubernetesTime(),
  });
  return withDefaults(type, {
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata,
    ...jsonCopy(content),
    ...(status !== undefined && !type.statusSubresource
      ? { status: jsonCopy(status) }
      : {}),
  });
}

/**
 * What is stored when an object is replaced. With a status subresource the status comes from one
 * side only; without, status is content like any other and its change is a new generation, as
 * the real server does it for custom resources.
 */
export function prepareUpdate(
  type: ResourceType,
  current: KubernetesObject,
  input: ObjectInput,
  subresource: 'status' | undefined,
): KubernetesObject {
  const { metadata: currentMetadata, ...currentContent } = current;
  if (subresource === 'status') {
    const next = { ...current };
    delete next.status;
    return input.status === undefined
      ? next
      : { ...next, status: jsonCopy(input.status) };
  }
  const { apiVersion, kind, metadata: given, status, ...content } = input;
  const keptStatus = type.statusSubresource ? current.status : status;
  const { labels, annotations, finalizers, ownerReferences, ...system } =
    currentMetadata;
  const next = withDefaults(type, {
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: metadataOf(type, input, system),
    ...jsonCopy(content),
    ...(keptStatus === undefined ? {} : { status: jsonCopy(keptStatus) }),
  });
  const { metadata, ...nextContent } = next;
  return type.generation && !isDeepStrictEqual(nextContent, currentContent)
    ? {
        ...next,
        metadata: { ...metadata, generation: (metadata.generation ?? 0) + 1 },
      }
    : next;
}
