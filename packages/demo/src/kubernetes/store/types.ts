/** The part of Kubernetes' `ObjectMeta` that the demo API server reads or writes. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid: string;
  /** Decimal; grows over the whole cluster, never repeats. */
  resourceVersion: string;
  generation?: number;
  /** RFC 3339, UTC, whole seconds. */
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  generateName?: string;
}

/** Says which object an object belongs to: it is deleted with its last owner. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/**
 * A stored object. Objects that come out of the store are deeply frozen and shared: copy
 * before changing (`{ ...object, status }`).
 */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

/** An object as a client sends it: the server fills in what is missing. */
export interface ObjectInput {
  apiVersion?: string;
  kind?: string;
  metadata?: Partial<ObjectMeta>;
  [field: string]: unknown;
}

/** Addresses all objects of one resource, in one namespace or in all. */
export interface CollectionRef {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** Plural, as in the URL: `applications`. */
  resource: string;
  namespace?: string;
}

/** Addresses one object. */
export interface ObjectRef extends CollectionRef {
  name: string;
}

/** One served resource. */
export interface ResourceType {
  group: string;
  version: string;
  resource: string;
  kind: string;
  singular: string;
  shortNames: string[];
  categories: string[];
  namespaced: boolean;
  /** Status is written through `/status` only, and ignored elsewhere. */
  statusSubresource: boolean;
  /** Whether `metadata.generation` is kept. */
  generation: boolean;
  /** Served from a CustomResourceDefinition. */
  custom: boolean;
  /** Field selectors beside `metadata.name` and `metadata.namespace`. */
  selectableFields: string[];
  /** Columns that its CustomResourceDefinition asks for. */
  printerColumns: PrinterColumn[];
}

/** One of a CustomResourceDefinition's `additionalPrinterColumns`. */
export interface PrinterColumn {
  name: string;
  type: string;
  jsonPath: string;
  description?: string;
  format?: string;
  /** Columns above 0 are shown with `-o wide` only. */
  priority?: number;
}

/** Kubernetes' answer to what it could not do (and to deletes that it did). */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  code?: number;
  details?: StatusDetails;
}

/** What a {@link Status} is about. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** One field that was wrong. */
export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

/** What a watch of the store delivers; after `ERROR` nothing more comes. */
export type StoreEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'ERROR'; object: Status };

/** How a patch is written. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** Narrows a list or watch, in Kubernetes' selector syntax. */
export interface SelectorOptions {
  labelSelector?: string;
  fieldSelector?: string;
}

/** Options of every write. */
export interface WriteOptions {
  /** Answer as if written, and write nothing. */
  dryRun?: boolean;
}

/** Options of an update or patch. */
export interface UpdateOptions extends WriteOptions {
  /** Write the status, and only it. */
  subresource?: 'status';
}

/** Options of a delete, as in Kubernetes' `DeleteOptions`. */
export interface DeleteOptions extends WriteOptions {
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: Preconditions;
}

/** What must be true of an object that is written. */
export interface Preconditions {
  uid?: string;
  resourceVersion?: string;
}

/** Whether a delete took the object away, or only marked it. */
export interface DeleteResult {
  deleted: boolean;
  object: KubernetesObject;
}

/** Everything a store holds, for a file. */
export interface StoreSnapshot {
  resourceVersion: number;
  objects: KubernetesObject[];
}
