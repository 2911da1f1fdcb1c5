import {
  type EngineSource,
  type Fields,
  fields,
  isFields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { type DeclaredSource, pathOf } from './sources';

export type SourceRevisions = Pick<
  EngineSource,
  'comparedRevision' | 'appliedRevision' | 'appliedUnknown'
>;

/**
 * Which commit each source was last compared with, and which was last applied. The applied one is the compared one while
 * the Application is Synced, as the live state then equals it, even when that commit changed nothing and nobody applied it.
 */
export function readRevisions(
  application: Fields,
  declared: DeclaredSource[],
): SourceRevisions[] {
  const status = fields(application.status);
  if (isFields(fields(application.spec).sourceHydrator)) {
    return declared.map(() => dryRevisions(application));
  }
  const sync = fields(status.sync);
  // Where it could not compare, what it calls the revision is what it was to look for, such as a branch.
  const compared =
    sync.status === 'Unknown'
      ? {}
      : { ...fields(sync.comparedTo), ...revisionFields(sync) };
  const applied = lastApplied(status);
  return declared.map((source, index) => {
    const comparedRevision = revisionIn(compared, declared, index, source);
    const isSynced = sync.status === 'Synced' && comparedRevision;
    return {
      comparedRevision,
      appliedRevision: isSynced
        ? comparedRevision
        : revisionIn(applied, declared, index, source),
    };
  });
}

function revisionFields({ revision, revisions }: Fields): Fields {
  return { revision, revisions };
}

/** The newest entry of the history; before there is one, a full sync that succeeded. */
function lastApplied(status: Fields): Fields {
  const newest = newestHistoryEntry(status);
  if (newest) {
    return newest;
  }
  const { phase, syncResult, operation } = fields(status.operationState);
  const { dryRun, resources } = fields(fields(operation).sync);
  const partial = rows(resources).length > 0;
  return phase === 'Succeeded' && !dryRun && !partial ? fields(syncResult) : {};
}

function newestHistoryEntry(status: Fields): Fields | undefined {
  const history = rows(status.history);
  return history.reduce<Fields | undefined>(
    (newest, entry) =>
      newest && Number(entry.id) < Number(newest.id) ? newest : entry,
    undefined,
  );
}

/**
 * Finds a source's revision among revisions that Argo CD recorded, by what the source is and not by its place:
 * sources may have been added, moved or pointed elsewhere since.
 */
function revisionIn(
  recorded: Fields,
  declared: DeclaredSource[],
  index: number,
  { spec }: DeclaredSource,
): string | undefined {
  const several = rows(recorded.sources);
  const single = fields(recorded.source);
  const sources =
    several.length > 0 ? several : [single].filter(({ repoURL }) => repoURL);
  const revisions =
    Array.isArray(recorded.revisions) && recorded.revisions.length
      ? recorded.revisions
      : [recorded.revision];
  if (sources.length === 0) {
    return revisions.length === declared.length
      ? text(revisions[index])
      : undefined;
  }
  const identity = identityOf(spec);
  const same = (place: number) =>
    sources[place] !== undefined && identityOf(sources[place]) === identity;
  const place = same(index) ? index : sources.findIndex((_, at) => same(at));
  return text(revisions[place]);
}

function identityOf(source: Fields): string {
  const repoUrl = (text(source.repoURL) ?? '').replace(/(\.git)?\/*$/, '');
  return JSON.stringify([
    repoUrl,
    pathOf(source),
    text(source.chart),
    text(source.ref),
  ]);
}

/**
 * With a source hydrator Argo CD compares and applies hydrated commits; only for the last one hydrated it says from which
 * dry commit it came. Whether it has been looked at since is told by the commit or, where others hydrate into the same
 * branch, by the time. What is hydrated into a branch of its own waits there for someone to move it: only the commit tells.
 */
function dryRevisions(application: Fields): SourceRevisions {
  const status = fields(application.status);
  const hydrator = fields(status.sourceHydrator);
  const { drySHA, hydratedSHA, ...successful } = fields(
    hydrator.lastSuccessfulOperation,
  );
  const sync = fields(status.sync);
  const hydratedAt = text(fields(hydrator.currentOperation).finishedAt) ?? '';
  const lookedSince =
    (hydratedSHA !== undefined && sync.revision === hydratedSHA) ||
    (!isStaged(
      successful.sourceHydrator ?? fields(application.spec).sourceHydrator,
    ) &&
      // They are whole seconds: in the same one it may have looked before.
      (text(status.reconciledAt) ?? '') > hydratedAt);
  const comparedRevision = lookedSince ? text(drySHA) : undefined;
  const applied = text(lastApplied(status).revision);
  const isSynced = sync.status === 'Synced';
  const isApplied = isSynced
    ? lookedSince
    : applied !== undefined && applied === hydratedSHA;
  const appliedRevision = isApplied ? text(drySHA) : undefined;
  const isSilent = !appliedRevision && (isSynced || applied !== undefined);
  return {
    comparedRevision,
    appliedRevision,
    appliedUnknown: isSilent
      ? { code: 'dryRevisionNotTold', params: {} }
      : undefined,
  };
}

function isStaged(sourceHydrator: unknown): boolean {
  const { hydrateTo, syncSource } = fields(sourceHydrator);
  const staged = text(fields(hydrateTo).targetBranch);
  return staged !== undefined && staged !== fields(syncSource).targetBranch;
}
