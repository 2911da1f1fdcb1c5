import { notFound } from './ApiError';
import { Collections, collectionKey } from './Collections';
import { EventLog, type LogEntry } from './EventLog';
import { deepFreeze } from './json';
import type {
  KubernetesObject,
  ObjectRef,
  ResourceType,
  StoreSnapshot,
} from './types';

// A crash may have lost the last few writes: nobody may see a version twice.
const VERSION_GAP = 10_000;

/** The objects and the log of their changes, and the one way to change both. */
export class StoreCore {
  readonly collections = new Collections();
  readonly log: EventLog;

  constructor(snapshot: StoreSnapshot | undefined, eventLogSize: number) {
    const version = snapshot ? snapshot.resourceVersion + VERSION_GAP : 1;
    this.log = new EventLog(version, eventLogSize);
    const objects = snapshot?.objects ?? [];
    const isDefinition = ({ kind }: KubernetesObject) =>
      kind === 'CustomResourceDefinition';
    // Definitions first: they say what the others are.
    for (const object of [
      ...objects.filter(isDefinition),
      ...objects.filter(candidate => !isDefinition(candidate)),
    ]) {
      const type = this.collections.registry.ofManifest(object);
      this.collections.put(type, deepFreeze(object));
    }
  }

  find(type: ResourceType, ref: ObjectRef): KubernetesObject | undefined {
    return this.collections.find(type, ref.namespace, ref.name);
  }

  /** Like {@link StoreCore.find}; throws 404 when the object is not there. */
  require(type: ResourceType, ref: ObjectRef): KubernetesObject {
    const object = this.find(type, ref);
    if (!object) {
      throw notFound(type, ref.name);
    }
    return object;
  }

  /** Writes one change under the next resource version, and tells everyone who follows. */
  commit(
    type: ResourceType,
    change: LogEntry['type'],
    next: KubernetesObject,
    previous?: KubernetesObject,
  ): KubernetesObject {
    const version = this.log.advance();
    const resourceVersion = String(version);
    const metadata = { ...next.metadata, resourceVersion };
    const object = deepFreeze({ ...next, metadata });
    if (change === 'DELETED') {
      this.collections.remove(type, object);
    } else {
      this.collections.put(type, object);
    }
    const collection = collectionKey(type);
    this.log.append({ type: change, version, collection, object, previous });
    return object;
  }
}
