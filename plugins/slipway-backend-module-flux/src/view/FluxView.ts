import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  asUnread,
  type EngineObject,
  type EngineObjectKey,
  fields,
  type KubernetesObject,
  text,
  type UnreadKind,
} from '@slipway/backstage-plugin-slipway-node';
import {
  type EngineKind,
  ENGINE_KINDS,
  FLUX_KINDS,
  type FluxKind,
  isEngineKind,
  isFluxKind,
  isOfOneKind,
} from '../kinds';
import {
  type FoundSource,
  type SourceRef,
  toEngineObject,
  toEngineObjectKey,
} from '../objects';
import { KnownSources } from './KnownSources';
import { slim } from './slim';
import { SourceReaders } from './SourceReaders';
import { WorkingSources } from './WorkingSources';
import {
  type Change,
  idOf,
  kindOf,
  type KindState,
  type ObjectId,
} from './types';

/** Problems of a kind that say that what is known of it no longer holds. */
const KIND_LOST = ['forbidden', 'kindNotServed'];
/** An API server that starts says so once of what it is still to read, its roles and definitions. */
const LOSSES_TO_BELIEVE = 2;
/** A kind that fails by itself this often, while others are read, is not waited for. */
const FAILURES_TO_WAIT_FOR = 3;

/**
 * What of Flux is seen on one cluster, with its sources joined to what reads them. Holds what was said last; a caller writes
 * to it in the order in which the cluster spoke, and passes on the changes.
 */
export class FluxView {
  readonly #cluster: string;
  readonly #kinds: Record<FluxKind, KindState>;
  readonly #readers = SourceReaders.create();
  readonly #sources = KnownSources.create();
  readonly #working = WorkingSources.create();
  /** Versions of what was passed on. */
  readonly #told = new Map<ObjectId, string>();
  #isSettled = false;

  static create(options: { cluster: string }): FluxView {
    return new FluxView(options.cluster);
  }

  private constructor(cluster: string) {
    this.#cluster = cluster;
    this.#kinds = Object.fromEntries(
      FLUX_KINDS.map(kind => [
        kind,
        {
          objects: new Map(),
          isRead: false,
          failures: 0,
          losses: 0,
          isAbsent: false,
        },
      ]),
    ) as Record<FluxKind, KindState>;
  }

  /**
   * Whether each kind was read, or is one that cannot be, once: before, what is joined would look as if something were missing. Where
   * nothing that delivers can be read, there is nothing to say.
   */
  get isSettled(): boolean {
    if (this.#isSettled) return true;
    const isHeard = FLUX_KINDS.every(kind => {
      const { isRead, problem, failures } = this.#kinds[kind];
      const isLost = KIND_LOST.includes(problem?.code ?? '');
      return isRead || isLost || failures >= FAILURES_TO_WAIT_FOR;
    });
    const isAnyRead = ENGINE_KINDS.some(kind => this.#kinds[kind].isRead);
    this.#isSettled = isHeard && (isAnyRead || this.unread.length === 0);
    return this.#isSettled;
  }

  /** Kinds that deliver, of which it never knew what there is. What it does not name of the others is gone. */
  get unread(): UnreadKind[] {
    return ENGINE_KINDS.flatMap(kind => {
      const { isRead, isAbsent, problem } = this.#kinds[kind];
      return isRead || isAbsent || !problem ? [] : [{ kind, reason: problem }];
    });
  }

  /** @returns ids of the engine objects about which something else may be said now. */
  page(
    kind: FluxKind,
    objects: KubernetesObject[],
    { first, last }: { first: boolean; last: boolean },
  ): Set<ObjectId> {
    const state = this.#kinds[kind];
    const listed = (!first && state.listed) || new Set<ObjectId>();
    state.listed = listed;
    const touched = new Set<ObjectId>();
    for (const object of objects) {
      listed.add(idOf(kind, object));
      this.#put(kind, object, touched);
    }
    if (last) {
      state.listed = undefined;
      for (const id of [...state.objects.keys()]) {
        if (!listed.has(id)) this.#delete(kind, id, touched);
      }
      this.#setProblem(kind, undefined, touched);
      state.isRead = true;
      state.losses = 0;
      for (const other of FLUX_KINDS) this.#kinds[other].failures = 0;
    }
    return touched;
  }

  /** As `page`, for one object. */
  put(kind: FluxKind, object: KubernetesObject): Set<ObjectId> {
    const touched = new Set<ObjectId>();
    this.#put(kind, object, touched);
    return touched;
  }

  /** As `page`, for one object that is gone. */
  remove(kind: FluxKind, object: KubernetesObject): Set<ObjectId> {
    const touched = new Set<ObjectId>();
    this.#delete(kind, idOf(kind, object), touched);
    return touched;
  }

  /** As `page`, for a kind that cannot be read; of one that is only out of reach, what was said last is kept. `unread` may change. */
  fail(kind: FluxKind, problem: Reason): Set<ObjectId> {
    const touched = new Set<ObjectId>();
    const state = this.#kinds[kind];
    const { code } = problem;
    state.failures = code === 'serverError' ? state.failures + 1 : 0;
    state.losses = KIND_LOST.includes(code) ? state.losses + 1 : 0;
    const isBelieved = state.losses >= LOSSES_TO_BELIEVE;
    if (isBelieved) {
      state.isAbsent = !state.isRead && code === 'kindNotServed';
    }
    // An outage of the whole cluster says nothing new of a kind that could not be read before.
    const isNews =
      !state.problem || isOfOneKind(problem) || !isOfOneKind(state.problem);
    if (isBelieved || (!state.isRead && isNews)) {
      this.#setProblem(kind, problem, touched);
    }
    return touched;
  }

  /** As `page`, for a kind whose watch could be opened where it was left. */
  resume(kind: FluxKind): Set<ObjectId> {
    const touched = new Set<ObjectId>();
    this.#kinds[kind].losses = 0;
    if (this.#kinds[kind].isRead) this.#setProblem(kind, undefined, touched);
    return touched;
  }

  /** All engine objects, as one list. */
  all(): EngineObject[] {
    const ids = ENGINE_KINDS.flatMap(kind => [
      ...this.#kinds[kind].objects.keys(),
    ]);
    this.#told.clear();
    return ids.flatMap(id => this.#tell(id) ?? []);
  }

  /** What is to be said of some engine objects that was not said before. */
  changes(ids: Iterable<ObjectId>): Change[] {
    const changes: Change[] = [];
    for (const id of ids) {
      const before = this.#told.get(id);
      const object = this.#tell(id);
      if (object && object.resourceVersion !== before) {
        changes.push({ type: 'upsert', object });
      } else if (!object && before !== undefined) {
        changes.push({ type: 'remove', key: this.#keyOf(id) });
      }
    }
    return changes;
  }

  #put(kind: FluxKind, object: KubernetesObject, touched: Set<ObjectId>): void {
    const id = idOf(kind, object);
    const kept = slim(object);
    this.#kinds[kind].objects.set(
      id,
      isEngineKind(kind) ? kept : this.#working.put(id, kept),
    );
    this.#touch(kind, id, touched);
  }

  #delete(kind: FluxKind, id: ObjectId, touched: Set<ObjectId>): void {
    this.#kinds[kind].objects.delete(id);
    this.#working.forget(id);
    this.#touch(kind, id, touched);
  }

  #touch(kind: FluxKind, id: ObjectId, touched: Set<ObjectId>): void {
    if (isEngineKind(kind)) {
      touched.add(id);
    } else {
      for (const reader of this.#readers.of(id)) touched.add(reader);
    }
  }

  #setProblem(
    kind: FluxKind,
    problem: Reason | undefined,
    touched: Set<ObjectId>,
  ): void {
    const state = this.#kinds[kind];
    if (state.problem?.code === problem?.code) return;
    state.problem = problem;
    for (const id of state.objects.keys()) this.#touch(kind, id, touched);
    for (const reader of this.#readers.ofKind(kind)) touched.add(reader);
  }

  /** Its version is that of all objects that it was made of: each of them may change by itself. */
  #tell(id: ObjectId): EngineObject | undefined {
    const kind = kindOf(id) as EngineKind;
    const versions: string[] = [];
    const sources: ObjectId[] = [];
    const seen = this.#kinds[kind].objects.get(id);
    const object = toEngineObject(seen, {
      kind,
      cluster: this.#cluster,
      find: ref => {
        const sourceId = `${ref.kind}/${ref.namespace}/${ref.name}`;
        const found = this.#source(ref, sourceId);
        sources.push(sourceId);
        versions.push(versionOf(found));
        return found;
      },
    });
    this.#readers.set(id, sources);
    if (!object || !seen) {
      this.#told.delete(id);
      this.#sources.forget(id);
      return undefined;
    }
    const { problem } = this.#kinds[kind];
    const resourceVersion = [object.resourceVersion, ...versions, problem?.code]
      .filter(part => part !== undefined)
      .join('+');
    this.#told.set(id, resourceVersion);
    const told = {
      ...object,
      sources: this.#sources.remember(id, seen, object.sources),
      resourceVersion,
    };
    return problem ? asUnread(told, problem) : told;
  }

  #source({ kind }: SourceRef, id: ObjectId): FoundSource {
    if (!isFluxKind(kind) || isEngineKind(kind)) return { state: 'foreign' };
    const { problem, objects } = this.#kinds[kind];
    if (problem) return { state: 'unreadable', reason: problem };
    const object = objects.get(id);
    return object ? { state: 'found', object } : { state: 'missing' };
  }

  #keyOf(id: ObjectId): EngineObjectKey {
    const [kind, namespace, name] = id.split('/');
    const metadata = { namespace, name };
    return toEngineObjectKey(
      { metadata },
      { kind: kind as EngineKind, cluster: this.#cluster },
    )!;
  }
}

function versionOf(found: FoundSource): string {
  return found.state === 'found'
    ? text(fields(found.object.metadata).resourceVersion) ?? ''
    : found.state;
}
