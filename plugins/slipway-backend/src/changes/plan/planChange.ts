import { createHash } from 'node:crypto';
import type {
  Finding,
  ModuleRef,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import { placeOf, type Place } from '../../configRepos/placeOf';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import type { Snapshot, TreeEdit } from '../../git';
import type { RepoModel } from '../../status/types';
import { canonicalJson } from './canonicalJson';
import { planEdits } from './planEdits';
import type {
  ContentOperation,
  DeclaredEnvironment,
  PlannedChange,
} from './types';

export interface PlanChangeOptions {
  snapshot: Snapshot;
  model: RepoModel;
  operations: readonly ContentOperation[];
  /** What is known of the contents already. */
  findings?: readonly Finding[];
  /** Modules that build on a path that no layout claims. */
  sharedBy?: (path: string) => ModuleRef[];
  readBlob: (oid: string) => Promise<Buffer>;
  /** What is masked as a whole. */
  secretSource?: SecretSources;
  /** An environment that the change itself declares. */
  declared?: DeclaredEnvironment;
}

/** Finds what a change would do: to which files, to which modules on which targets, and what approvals of it bind to. */
export async function planChange(
  options: PlanChangeOptions,
): Promise<PlannedChange> {
  const { snapshot, model, sharedBy, findings = [], declared } = options;
  const planned = await planEdits(options);
  const paths = new Set(
    planned.files.flatMap(({ path, oldPath }) =>
      oldPath === undefined ? [path] : [oldPath, path],
    ),
  );
  const places = [...paths].map(path => ({
    path,
    place: placeOf(model, path, sharedBy),
  }));
  const placeByPath = new Map(places.map(({ path, place }) => [path, place]));
  const touches = touchedModules(
    declared ? [...model.environments, declared] : model.environments,
    places.map(({ place }) => place),
  );
  return {
    ...planned,
    files: planned.files.map(file => {
      const place = placeByPath.get(file.path);
      return place?.type === 'module'
        ? { ...file, environment: place.environment, module: place.module }
        : file;
    }),
    base: snapshot.commit,
    digest: digestOf(snapshot, planned.edits, touches),
    findings: [...findings],
    touches,
    declared,
    places,
  };
}

/** The modules that changes at these places touch, with the targets that Git declares for them. */
export function touchedModules(
  environments: readonly DeclaredEnvironment[],
  places: Place[],
): TouchedModule[] {
  const byName = new Map(environments.map(one => [one.name, one]));
  const found = new Map<string, TouchedModule>();
  const touch = ({ environment, module }: ModuleRef, shared: boolean) => {
    const key = `${environment}/${module}`;
    const known = found.get(key);
    if (known) {
      known.shared &&= shared;
      return;
    }
    const declared = byName.get(environment);
    found.set(key, {
      environment,
      module,
      stage: declared?.stage,
      shared,
      targets: declared?.targets ?? [],
    });
  };
  for (const place of places) {
    if (place.type === 'module') touch(place, false);
    if (place.type === 'shared') place.touches.forEach(one => touch(one, true));
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, touched]) => touched);
}

/** Ids and modes of each path that changes, and the targets; nothing that an unrelated commit changes. */
function digestOf(
  snapshot: Snapshot,
  edits: readonly TreeEdit[],
  touches: readonly TouchedModule[],
): string {
  const paths = edits
    .map(({ path, to }) => {
      const from = snapshot.entry(path);
      return {
        path,
        from: from && { oid: from.oid, mode: from.mode },
        to: to && { oid: to.oid, mode: to.mode },
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const targets = touches.flatMap(({ environment, module, targets: all }) =>
    all.map(({ cluster, namespace }) => ({
      environment,
      module,
      cluster,
      namespace,
    })),
  );
  const text = canonicalJson({ paths, targets });
  return `v1:${createHash('sha256').update(text).digest('hex')}`;
}
