import {
  type EngineDeployment,
  fields,
  type Fields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { readDeliveries } from './deliveries';
import { initiatorOf } from './states';

/** Argo CD keeps ten, unless `revisionHistoryLimit` says otherwise. */
const MOST_ENTRIES = 50;

/** `status.history`: the full syncs that succeeded, oldest first. */
export function readHistory(
  application: Fields,
): EngineDeployment[] | undefined {
  const entries = rows(fields(application.status).history)
    .map(entry => ({ entry, id: Number(entry.id ?? 0) }))
    .filter(({ id }) => Number.isFinite(id))
    .sort((a, b) => a.id - b.id)
    .slice(-MOST_ENTRIES)
    .flatMap(({ entry }): EngineDeployment[] => {
      const deployedAt = text(entry.deployedAt);
      const sources = readDeliveries(application, entry);
      if (!deployedAt || !sources) return [];
      const startedAt = text(entry.deployStartedAt);
      const initiatedBy = initiatorOf(entry);
      return [{ startedAt, deployedAt, initiatedBy, sources }];
    });
  return entries.length > 0 ? entries : undefined;
}
