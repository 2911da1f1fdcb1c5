import type {
  Module,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';
import {
  engineObjectId,
  repoKey,
  type StoredEngineObject,
} from '../../engineObjects';
import { moduleId } from '../../status/rows';
import type { CommitRelations } from './CommitRelations';
import type { FollowStore } from './FollowStore';
import type { TargetEvidence } from './judgeTarget';
import type { ChangedPath, FollowedChange, FollowedTarget } from './types';

type SeenObject = StoredEngineObject['object'];

/** What the read model and the branch say, at one moment. */
export interface FollowContext {
  configRepo: string;
  /** See `repoKey`. */
  configRepoKey: string;
  /** Branch head that the read model has. */
  head: string;
  /** By module id. */
  modules: ReadonlyMap<string, Module>;
  /** By engine object id. */
  engineObjects: ReadonlyMap<string, SeenObject>;
  relations: CommitRelations;
  pathsOf: FollowStore['pathsOf'];
  laterChange: FollowStore['laterChange'];
}

/** Collects what is known of a change on one of its targets. */
export async function gatherEvidence(
  context: FollowContext,
  change: FollowedChange & { commit: string },
  target: FollowedTarget,
): Promise<TargetEvidence> {
  const { configRepo, head, modules, relations } = context;
  const { commit } = change;
  const nothing = { applied: false, compared: false };
  if (!(await relations.includes(head, commit))) {
    return { inHead: false, ...nothing };
  }
  const { environment, module: name } = target;
  const module = modules.get(moduleId(configRepo, environment, name));
  const superseded = await whySuperseded(context, change, target, module);
  const state = module?.states.find(
    ({ cluster, namespace }) =>
      cluster === target.cluster && namespace === target.namespace,
  );
  const removed =
    !superseded && (await isRemoved(context, change, target, module));
  if (superseded || removed || !state) {
    return { inHead: true, superseded, removed, state, ...nothing };
  }
  const applied =
    (await relations.includes(state.appliedRevision, commit)) ||
    // What a shared file is to a module, the module's own content does not tell.
    (!target.shared && state.fileSync.state === 'Current');
  return {
    inHead: true,
    state,
    applied,
    ...(await engineEvidence(context, change, state, applied)),
  };
}

/** Whether the change left nothing of the module in Git. */
async function isRemoved(
  { head, relations, pathsOf }: FollowContext,
  change: FollowedChange,
  target: FollowedTarget,
  module: Module | undefined,
): Promise<boolean> {
  if (target.shared) return false;
  if (module) return !(await relations.holds(head, module.path));
  for (const one of await pathsOf(change.id)) {
    if (concerns(one, target) && (await relations.holds(head, one.path))) {
      return false;
    }
  }
  return true;
}

async function whySuperseded(
  { head, relations, pathsOf, laterChange }: FollowContext,
  change: FollowedChange & { commit: string },
  target: FollowedTarget,
  module: Module | undefined,
): Promise<TargetEvidence['superseded']> {
  const { commit } = change;
  if (commit === head) return undefined;
  if (module && !target.shared) {
    // Mostly nothing else in the module changed either.
    if (await relations.sameAt(commit, head, [module.path])) return undefined;
  }
  const paths = (await pathsOf(change.id))
    .filter(one => concerns(one, target))
    .map(({ path }) => path);
  if (await relations.sameAt(commit, head, paths)) return undefined;
  const later = await laterChange(change.id, target);
  return later === undefined
    ? { code: 'supersededInBranch', params: {} }
    : { code: 'supersededBy', params: { change: String(later) } };
}

function concerns(
  { place }: ChangedPath,
  { environment, module }: FollowedTarget,
): boolean {
  const is = (one: { environment: string; module: string }) =>
    one.environment === environment && one.module === module;
  if (place.type === 'module') return is(place);
  return place.type === 'shared' && place.touches.some(is);
}

async function engineEvidence(
  { configRepoKey, engineObjects, relations }: FollowContext,
  change: FollowedChange & { commit: string },
  state: ModuleState,
  applied: boolean,
): Promise<Pick<TargetEvidence, 'operation' | 'compared'>> {
  const objects = state.engineObjects.flatMap(
    ref => engineObjects.get(engineObjectId(ref)) ?? [],
  );
  let compared = false;
  let operation: TargetEvidence['operation'];
  for (const object of objects) {
    const sources = object.sources.filter(
      ({ repoUrl }) => repoKey(repoUrl) === configRepoKey,
    );
    for (const { comparedRevision } of sources) {
      compared ||= await relations.includes(comparedRevision, change.commit);
    }
    const last = object.operation;
    if (!last) continue;
    const { phase, revision } = last;
    const concerned = await isOn(last, change, relations);
    if (phase === 'Running' || phase === 'Terminating') {
      if (operation !== 'running') operation = concerned ? 'running' : 'other';
    } else if (phase !== 'Succeeded' && concerned && !operation) {
      // With the change applied, a failure is its own only when it was about what is applied.
      const own = sources.some(one => one.appliedRevision === revision);
      if (own || !applied) operation = { failed: last.message ?? '' };
    }
  }
  return { compared, operation };
}

/** Whether an operation is on content that has the change in it. */
async function isOn(
  { revision, startedAt }: NonNullable<EngineObject['operation']>,
  change: FollowedChange & { commit: string },
  relations: CommitRelations,
): Promise<boolean> {
  if (revision) return relations.includes(revision, change.commit);
  return (
    startedAt !== undefined && Date.parse(startedAt) >= Date.parse(change.since)
  );
}
