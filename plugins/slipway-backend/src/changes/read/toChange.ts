import type {
  Change,
  ChangeFilesInner,
  ChangeSummary,
  ChangeTarget,
  CopyResult,
  PlannedFile,
} from '@slipway/backstage-plugin-slipway-common';
import type { Place } from '../../configRepos/placeOf';
import { fromJson } from '../../database/json';
import type { StoredChange } from '../types';

export interface ChangeFileRow {
  change_id: number;
  planned: string;
  /** Of the old path where there is one, and of the path. */
  places: string;
}

export interface ChangeModuleRow {
  change_id: number;
  environment: string;
  /** Absent: the environment's own file. */
  module: string | null;
}

export interface ChangeTargetRow {
  change_id: number;
  environment: string;
  module: string;
  cluster: string;
  namespace: string;
  state: ChangeTarget['state'];
  since: string;
  reason: string | null;
}

/** What is recorded beside a change. */
export interface ChangeParts {
  files: readonly ChangeFileRow[];
  modules: readonly ChangeModuleRow[];
  targets: readonly ChangeTargetRow[];
}

/** What one caller may read of the change's config repo. */
export interface ChangeAccess {
  mayRead(place: Place): boolean;
}

/** What is known of a change beyond its own rows. */
export type ChangeContext = Pick<
  Change,
  'commitUrl' | 'commits' | 'copy' | 'undoes' | 'undoneBy'
>;

/** A change as its page shows it, without what the caller may not read. */
export function toChange(
  change: StoredChange,
  parts: ChangeParts,
  access: ChangeAccess,
  context: ChangeContext = {},
): Change {
  const files = parts.files.flatMap(row => toFile(row, access) ?? []);
  const modules = readableModules(parts.modules, access);
  const whole = modules.length === parts.modules.length;
  return {
    summary: toChangeSummary(change, { modules, files: files.length, whole }),
    message: change.message,
    changeReason: change.changeReason,
    base: change.base,
    ...context,
    files,
    targets: parts.targets
      .filter(target => mayReadEnvironment(access, target.environment))
      .map(toTarget),
    steps: change.steps,
    // What the server said may name what it was about.
    attempts: whole
      ? change.attempts
      : change.attempts.map(({ words, ...attempt }) => attempt),
    sequence: change.sequence,
  };
}

/** @param readable - what the caller may read of it; `whole`: that is all that it touches */
export function toChangeSummary(
  change: StoredChange,
  readable: {
    modules: readonly ChangeModuleRow[];
    files: number;
    whole: boolean;
  },
): ChangeSummary {
  const { modules, files, whole } = readable;
  // Paths and environments stand in reasons.
  const hidden = change.reason && { code: 'reasonHidden', params: {} };
  return {
    id: change.id,
    configRepo: change.configRepo,
    kind: change.kind,
    state: change.state,
    since: change.since,
    reason: whole ? change.reason : hidden,
    title: change.message.trim().split('\n', 1)[0],
    authorName: change.author.name,
    authorRef: change.author.entityRef || undefined,
    requestedAt: change.requestedAt,
    commit: change.commit,
    files,
    modules: modules.flatMap(({ environment, module }) =>
      module === null ? [] : { environment, module },
    ),
  };
}

/** For whoever may read both environments. */
export function readableCopy(
  copy: CopyResult | undefined,
  access: ChangeAccess,
): CopyResult | undefined {
  const environments = copy ? [copy.source.name, copy.target.name] : [];
  return environments.every(name => mayReadEnvironment(access, name))
    ? copy
    : undefined;
}

export function readableModules<T extends ChangeModuleRow>(
  rows: readonly T[],
  access: ChangeAccess,
): T[] {
  return rows.filter(row => mayReadEnvironment(access, row.environment));
}

/** Whether one of its places may be read. */
export function isReadableFile(
  row: Pick<ChangeFileRow, 'places'>,
  access: ChangeAccess,
): boolean {
  return placesOf(row).some(place => access.mayRead(place));
}

function placesOf({ places }: Pick<ChangeFileRow, 'places'>): Place[] {
  return JSON.parse(places);
}

function mayReadEnvironment(access: ChangeAccess, environment: string) {
  return access.mayRead({ type: 'metadata', environment });
}

/** A file that moved went, or came, for whoever may read only where it was, or is. */
function toFile(
  row: ChangeFileRow,
  access: ChangeAccess,
): ChangeFilesInner | undefined {
  const planned: PlannedFile = JSON.parse(row.planned);
  const { path, oldPath, status, reason, environment, module } = planned;
  const places = placesOf(row);
  const readable = places.filter(place => access.mayRead(place));
  if (readable.length === places.length) {
    return { path, oldPath, status, reason, environment, module };
  }
  const [place] = readable;
  if (oldPath === undefined || !place) return undefined;
  if (place !== places[0]) {
    return { path, status: 'created', reason, environment, module };
  }
  return {
    path: oldPath,
    status: 'deleted',
    reason,
    ...(place.type === 'module' && {
      environment: place.environment,
      module: place.module,
    }),
  };
}

function toTarget(row: ChangeTargetRow): ChangeTarget {
  const { environment, module, cluster, namespace, state, since } = row;
  return {
    environment,
    module,
    cluster,
    namespace,
    state,
    since,
    reason: fromJson(row.reason),
  };
}
