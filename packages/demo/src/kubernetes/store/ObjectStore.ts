import { isDeepStrictEqual } from 'node:util';
import { alreadyExists, badRequest, unknownResource } from './ApiError';
import { NAMESPACE_COLLECTION } from './builtinTypes';
import { collectionKey } from './Collections';
import { deleteObject, removeObject } from './deletion';
import type { LogEntry } from './EventLog';
import { asRecord, jsonCopy } from './json';
import { listObjects, type ListOptions, type ObjectList } from './listObjects';
import {
  asVersion,
  checkAddress,
  checkNamespace,
  checkPreconditions,
  prepareCreate,
  prepareUpdate,
} from './objectRules';
import { patched } from './patches';
import { StoreCore } from './StoreCore';
import type {
  CollectionRef,
  DeleteOptions,
  DeleteResult,
  KubernetesObject,
  ObjectInput,
  ObjectRef,
  PatchType,
  ResourceType,
  SelectorOptions,
  StoreEvent,
  StoreSnapshot,
  UpdateOptions,
  WriteOptions,
} from './types';
import {
  watchObjects,
  type StoreWatch,
  type WatchOptions,
} from './watchObjects';

/** Options of {@link ObjectStore.create}. */
export interface ObjectStoreOptions {
  /** What an earlier store held. */
  snapshot?: StoreSnapshot;
  /** How many changes a watch can lie behind before it gets a 410. Default 2000. */
  eventLogSize?: number;
}

/**
 * The objects of one cluster, with Kubernetes' rules: one growing resource version, optimistic
 * concurrency, generations, finalizers, owners, selectors and watches. Everything is synchronous,
 * so each call is atomic. Errors are `ApiError`s that carry Kubernetes' `Status`.
 */
export class ObjectStore {
  readonly #core: StoreCore;

  private constructor(core: StoreCore) {
    this.#core = core;
  }

  static create(options: ObjectStoreOptions = {}): ObjectStore {
    const { snapshot, eventLogSize = 2000 } = options;
    return new ObjectStore(new StoreCore(snapshot, eventLogSize));
  }

  /** The newest resource version. */
  get resourceVersion(): string {
    return String(this.#core.log.version);
  }

  /** All served resources, in discovery order. */
  types(): ResourceType[] {
    return this.#core.collections.registry.all();
  }

  /** The type behind a reference; throws 404 when it is not served. */
  typeOf(ref: CollectionRef): ResourceType {
    return this.#core.collections.registry.get(ref);
  }

  /**
   * Where a manifest belongs, by its `apiVersion`, `kind`, namespace and name.
   *
   * @throws ApiError 404 when its kind is not served.
   */
  refTo(manifest: ObjectInput, defaultNamespace = 'default'): ObjectRef {
    const type = this.#core.collections.registry.ofManifest(manifest);
    const { group, version, resource, namespaced } = type;
    const { namespace, name = '' } = manifest.metadata ?? {};
    const place = namespaced ? namespace || defaultNamespace : undefined;
    return { group, version, resource, namespace: place, name };
  }

  create(
    ref: CollectionRef,
    input: ObjectInput,
    options: WriteOptions = {},
  ): KubernetesObject {
    const type = this.typeOf(ref);
    const namespace = ref.namespace ?? input.metadata?.namespace;
    if (type.namespaced && !namespace) {
      throw badRequest('an empty namespace may not be set during creation');
    }
    const object = prepareCreate(type, { ...ref, namespace }, input);
    const { metadata } = object;
    if (this.#core.collections.find(type, metadata.namespace, metadata.name)) {
      throw alreadyExists(type, metadata.name);
    }
    if (metadata.namespace) {
      const place = { ...NAMESPACE_COLLECTION, name: metadata.namespace };
      checkNamespace(type, object, this.get(place));
    }
    return options.dryRun
      ? object
      : asVersion(type, this.#core.commit(type, 'ADDED', object));
  }

  get(ref: ObjectRef): KubernetesObject {
    const type = this.typeOf(ref);
    return asVersion(type, this.#core.require(type, ref));
  }

  /** Like {@link ObjectStore.get}, but `undefined` when the object is not there. */
  find(ref: ObjectRef): KubernetesObject | undefined {
    const type = this.typeOf(ref);
    const object = this.#core.find(type, ref);
    return object && asVersion(type, object);
  }

  /** Lists, page by page when a limit is set; all pages show the same moment. */
  list(ref: CollectionRef, options: ListOptions = {}): ObjectList {
    const type = this.typeOf(ref);
    return listObjects(type, ref.namespace, options, {
      log: this.#core.log,
      collection: collectionKey(type),
      objects: this.#core.collections.of(type),
    });
  }

  update(
    ref: ObjectRef,
    input: ObjectInput,
    options: UpdateOptions = {},
  ): KubernetesObject {
    const { dryRun, subresource } = options;
    const type = this.typeOf(ref);
    if (subresource && !type.statusSubresource) {
      throw unknownResource();
    }
    const current = this.#core.require(type, ref);
    checkAddress(type, ref, input);
    checkPreconditions(type, current, input.metadata ?? {});
    const next = prepareUpdate(type, current, input, subresource);
    if (dryRun || isDeepStrictEqual(next, current)) {
      return asVersion(type, next);
    }
    const { deletionTimestamp, finalizers } = next.metadata;
    const object =
      deletionTimestamp && !finalizers
        ? removeObject(this.#core, type, next, current)
        : this.#core.commit(type, 'MODIFIED', next, current);
    return asVersion(type, object);
  }

  /** Patches; a patch of type `apply` creates the object when it is missing. */
  patch(
    ref: ObjectRef,
    patch: unknown,
    patchType: PatchType,
    options: UpdateOptions = {},
  ): KubernetesObject {
    const type = this.typeOf(ref);
    if (
      patchType === 'apply' &&
      !options.subresource &&
      !this.#core.find(type, ref)
    ) {
      const input: ObjectInput = asRecord(jsonCopy(patch));
      const metadata = { name: ref.name, ...input.metadata };
      checkAddress(type, ref, { ...input, metadata });
      return this.create(ref, { ...input, metadata }, options);
    }
    const current = asVersion(type, this.#core.require(type, ref));
    return this.update(ref, patched(type, current, patch, patchType), options);
  }

  /** Deletes; an object with finalizers, or a namespace with content, goes when they are gone. */
  delete(ref: ObjectRef, options: DeleteOptions = {}): DeleteResult {
    const type = this.typeOf(ref);
    const result = deleteObject(this.#core, type, ref, options);
    return { ...result, object: asVersion(type, result.object) };
  }

  /** Deletes all that is selected, and returns it. */
  deleteCollection(
    ref: CollectionRef,
    options: DeleteOptions & SelectorOptions = {},
  ): KubernetesObject[] {
    const { labelSelector, fieldSelector, ...deleteOptions } = options;
    const { items } = this.list(ref, { labelSelector, fieldSelector });
    return items
      .map(({ metadata: { namespace, name } }) => ({ ...ref, namespace, name }))
      .filter(item => this.find(item))
      .map(item => this.delete(item, deleteOptions).object);
  }

  /**
   * Delivers changes in order: first, before this returns, everything since `options.since`
   * (all objects as `ADDED` without it), then each change inside the call that makes it.
   * When the log no longer reaches back far enough, an `ERROR` with a 410 is the last event.
   */
  watch(
    ref: CollectionRef,
    options: WatchOptions,
    listener: (event: StoreEvent) => void,
  ): StoreWatch {
    const type = this.typeOf(ref);
    return watchObjects(type, ref.namespace, options, listener, {
      log: this.#core.log,
      collection: collectionKey(type),
      current: () => this.list(ref).items,
    });
  }

  /** Reports every change of every object from now on. Returns how to stop. */
  onChange(listener: (entry: LogEntry) => void): () => void {
    let stop = () => {};
    const follow = () => {
      stop = this.#core.log.follow(this.#core.log.version, {
        onEntry: listener,
        onExpired: follow,
      });
    };
    follow();
    return () => stop();
  }

  /** Forgets the event log, as after a compaction: open watches end with a 410. */
  expire(): void {
    this.#core.log.expire();
  }

  /** Everything, to be kept and given to {@link ObjectStore.create} again. */
  snapshot(): StoreSnapshot {
    const resourceVersion = this.#core.log.version;
    return { resourceVersion, objects: this.#core.collections.all() };
  }
}
