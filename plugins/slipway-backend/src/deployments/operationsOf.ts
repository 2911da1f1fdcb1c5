import { storable } from '../database/storable';
import type { SeenEngineObject } from '../status/types';
import type { DeployOperation } from './types';

/** As they are stored: they are compared with what was. */
const LONGEST_INITIATOR = 500;

/**
 * All operations that an engine object tells of, oldest first: those that its engine remembers, and the last one however it ended.
 * What has not begun yet is none, and neither is what only tries.
 */
export function operationsOf({
  operation,
  history = [],
}: Pick<SeenEngineObject, 'operation' | 'history'>): DeployOperation[] {
  const found = new Map<string, DeployOperation>();
  for (const entry of history) {
    const finishedAt = toTime(entry.deployedAt);
    const startedAt = toTime(entry.startedAt) ?? finishedAt;
    if (startedAt === undefined) continue;
    found.set(startedAt, {
      startedAt,
      finishedAt,
      phase: 'Succeeded',
      initiatedBy: text(entry.initiatedBy, LONGEST_INITIATOR),
      sources: entry.sources,
      newest: false,
    });
  }
  const startedAt = toTime(operation?.startedAt);
  if (operation && startedAt !== undefined && !operation.dryRun) {
    found.set(startedAt, {
      startedAt,
      finishedAt: toTime(operation.finishedAt),
      phase: operation.phase,
      message: text(operation.message),
      initiatedBy: text(operation.initiatedBy, LONGEST_INITIATOR),
      sources: operation.sources,
      newest: true,
    });
  }
  return [...found.values()].sort((a, b) =>
    a.startedAt < b.startedAt ? -1 : 1,
  );
}

function toTime(said: string | undefined): string | undefined {
  const time = Date.parse(said ?? '');
  // Go writes the year 1 for no time at all.
  return Number.isNaN(time) || time <= 0
    ? undefined
    : new Date(time).toISOString();
}

function text(value: string | undefined, longest?: number) {
  return value === undefined ? undefined : storable(value, longest);
}
