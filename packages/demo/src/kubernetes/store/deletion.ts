import { CRD_COLLECTION, NAMESPACE_COLLECTION } from './builtinTypes';
import { sameResource } from './Collections';
import { checkPreconditions, kubernetesTime } from './objectRules';
import type { StoreCore } from './StoreCore';
import type {
  DeleteOptions,
  DeleteResult,
  KubernetesObject,
  ObjectRef,
  ResourceType,
} from './types';

/**
 * Deletes an object. One with finalizers, or a namespace with content, is only marked, and goes
 * when they are gone.
 */
export function deleteObject(
  core: StoreCore,
  type: ResourceType,
  ref: ObjectRef,
  options: DeleteOptions,
): DeleteResult {
  const current = core.require(type, ref);
  checkPreconditions(type, current, options.preconditions ?? {});
  if (options.dryRun) {
    return { deleted: true, object: current };
  }
  const isNamespace = sameResource(type, NAMESPACE_COLLECTION);
  const content = isNamespace ? core.collections.contentOf(ref.name) : [];
  if (!current.metadata.finalizers && !content.length) {
    const policy = options.propagationPolicy;
    const object = removeObject(core, type, current, current, policy);
    return { deleted: true, object };
  }
  if (!current.metadata.deletionTimestamp) {
    const metadata = {
      ...current.metadata,
      deletionTimestamp: kubernetesTime(),
      deletionGracePeriodSeconds: 0,
    };
    const terminating = isNamespace && { status: { phase: 'Terminating' } };
    const next = { ...current, ...terminating, metadata };
    core.commit(type, 'MODIFIED', next, current);
  }
  content.forEach(object => deleteIfThere(core, object));
  const left = core.find(type, ref);
  return { deleted: !left, object: left ?? current };
}

/** Takes an object away, and with it what must not outlive it. */
export function removeObject(
  core: StoreCore,
  type: ResourceType,
  last: KubernetesObject,
  previous: KubernetesObject,
  policy: DeleteOptions['propagationPolicy'] = 'Background',
): KubernetesObject {
  const { collections } = core;
  if (sameResource(type, CRD_COLLECTION)) {
    for (const instance of collections.instancesOf(previous)) {
      const itsType = collections.registry.ofManifest(instance);
      core.commit(itsType, 'DELETED', instance, instance);
    }
  }
  const object = core.commit(type, 'DELETED', last, previous);
  for (const dependent of collections.dependentsOf(object)) {
    releaseDependent(core, dependent, object.metadata.uid, policy);
  }
  finishNamespace(core, object.metadata.namespace);
  return object;
}

function deleteIfThere(core: StoreCore, object: KubernetesObject): void {
  const { group, version, resource } =
    core.collections.registry.ofManifest(object);
  const { namespace, name } = object.metadata;
  const ref = { group, version, resource, namespace, name };
  const type = core.collections.registry.get(ref);
  // It may have gone with its owner meanwhile.
  if (core.find(type, ref)) {
    deleteObject(core, type, ref, {});
  }
}

/** An object goes with its last owner, unless it is orphaned. */
function releaseDependent(
  core: StoreCore,
  listed: KubernetesObject,
  ownerUid: string,
  policy: DeleteOptions['propagationPolicy'],
): void {
  const type = core.collections.registry.ofManifest(listed);
  const { namespace, name } = listed.metadata;
  const dependent = core.collections.find(type, namespace, name);
  if (!dependent) {
    return;
  }
  const { ownerReferences, ...metadata } = dependent.metadata;
  const others = ownerReferences?.filter(({ uid }) => uid !== ownerUid) ?? [];
  if (policy !== 'Orphan' && !others.length) {
    deleteIfThere(core, dependent);
    return;
  }
  const kept = others.length ? { ownerReferences: others } : {};
  const next = { ...dependent, metadata: { ...metadata, ...kept } };
  core.commit(type, 'MODIFIED', next, dependent);
}

/** A namespace that is going away goes with the last object in it. */
function finishNamespace(core: StoreCore, name: string | undefined): void {
  if (!name || core.collections.contentOf(name).length) {
    return;
  }
  const type = core.collections.registry.get(NAMESPACE_COLLECTION);
  const ref = { ...NAMESPACE_COLLECTION, name };
  if (core.find(type, ref)?.metadata.deletionTimestamp) {
    deleteObject(core, type, ref, {});
  }
}
