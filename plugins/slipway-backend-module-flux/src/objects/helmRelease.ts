import {
  type EngineDelivery,
  type EngineObject,
  type EngineSource,
  type Fields,
  fields,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { type Chart, readChart } from './chart';
import {
  type Condition,
  isOutdated,
  numberOf,
  readConditions,
} from './conditions';
import { reason } from './reasons';
import type { FindSource } from './sources';
import type { Delivered } from './types';
import { type LastEnd, readVerdict, type Verdict } from './verdict';

/** What a `helm.toolkit.fluxcd.io/v2` HelmRelease delivers, and how that went. */
export function readHelmRelease(
  object: Fields,
  namespace: string,
  find: FindSource,
): Delivered {
  const spec = fields(object.spec);
  const chart = readChart(object, namespace, find);
  const conditions = readConditions(object);
  const isAttempted = isOn(object, chart);
  const last = isAttempted ? lastEnd(object, conditions) : undefined;
  const verdict = readVerdict(object, last);
  const isApplied = isAttempted && verdict.state === 'ready';
  const releases = readReleases(object);
  const source = withApplied(
    chart.source,
    appliedRevision(chart, isApplied, releases),
    releases,
  );
  const drifted = conditions.get('Drifted');
  return {
    sources: source ? [source] : [],
    problem: chart.problem,
    verdict,
    isApplied,
    // Helm waits for what it installs, unless it is told not to.
    checksHealth: true,
    targetNamespace: text(spec.targetNamespace) ?? namespace,
    drift:
      drifted?.status === 'True' ? drifted.message ?? 'Drifted' : undefined,
    operation: operationOf(verdict, releases, source),
    history: releases
      .filter(({ status }) => status === 'deployed' || status === 'superseded')
      .reverse()
      .map(release => ({
        deployedAt: release.deployedAt,
        sources: deliveryOf(source, release.chartVersion),
      }))
      .filter(({ sources }) => sources.length > 0),
    images: [],
    reportedAt: newest([...conditions.values()]),
  };
}

/** Whether the chart that the source holds now, of the present spec, was attempted last. */
function isOn(object: Fields, { wanted }: Chart): boolean {
  const {
    lastAttemptedRevision,
    lastAttemptedRevisionDigest,
    lastAttemptedGeneration,
  } = fields(object.status);
  if (wanted === undefined) return false;
  // The revision of an OCIRepository is `tag@digest`; the HelmRelease has the chart's version and the digest apart.
  const digest = wanted.includes('@')
    ? wanted.slice(wanted.lastIndexOf('@') + 1)
    : undefined;
  const isSame = digest
    ? digest === lastAttemptedRevisionDigest
    : wanted === lastAttemptedRevision;
  return isSame && !isOutdated(object, numberOf(lastAttemptedGeneration));
}

/** How the last release went: helm-controller takes Ready back for a moment whenever it looks again, and keeps these. */
function lastEnd(
  object: Fields,
  conditions: Map<string, Condition>,
): LastEnd | undefined {
  const released = conditions.get('Released');
  if (!released) return undefined;
  const failed = [released, conditions.get('TestSuccess')].find(
    condition => condition?.status === 'False',
  );
  const isRemediated = conditions.get('Remediated')?.status === 'True';
  const failures = numberOf(fields(object.status).failures) ?? 0;
  return {
    succeeded: !failed && !isRemediated && failures === 0,
    since: (failed ?? released).since,
  };
}

/** An entry of `status.history`: a release in Helm's storage. */
interface Release {
  status: string;
  version: number;
  deployedAt: string;
  chartVersion?: string;
}

/** Newest first. */
function readReleases(object: Fields): Release[] {
  return rows(fields(object.status).history)
    .flatMap((row): Release[] => {
      const deployedAt = text(row.lastDeployed);
      const status = text(row.status);
      const version = numberOf(row.version);
      return deployedAt && status && version !== undefined
        ? [
            {
              status,
              version,
              deployedAt,
              chartVersion: text(row.chartVersion),
            },
          ]
        : [];
    })
    .sort((a, b) => b.version - a.version);
}

function appliedRevision(
  { source, commit, wanted }: Chart,
  isApplied: boolean,
  releases: Release[],
): string | undefined {
  // A chart in a repository of files is known by its commit, and only while that is what runs.
  if (source?.path !== undefined) return isApplied ? commit : undefined;
  if (isApplied && wanted?.includes('@')) return source?.comparedRevision;
  return releases.find(({ status }) => status === 'deployed')?.chartVersion;
}

/** A release tells the version of its chart; of one in a repository of files, no object keeps the commit that it was packaged from. */
function withApplied(
  source: EngineSource | undefined,
  applied: string | undefined,
  releases: Release[],
): EngineSource | undefined {
  if (!source) return undefined;
  const isReleased = releases.some(({ status }) => status === 'deployed');
  return applied === undefined && isReleased
    ? { ...source, appliedUnknown: reason('chartCommitNotTold') }
    : { ...source, appliedRevision: applied };
}

function operationOf(
  verdict: Verdict,
  [release]: Release[],
  source: EngineSource | undefined,
): EngineObject['operation'] {
  if (verdict.state === 'running') {
    return {
      phase: 'Running',
      message: verdict.message,
      revision: source?.comparedRevision,
      sources: deliveryOf(source, source?.comparedRevision),
    };
  }
  if (!release) {
    // An installation that never made a release.
    return verdict.state === 'failed'
      ? { phase: 'Failed', message: verdict.message }
      : undefined;
  }
  const hasFailed =
    release.status === 'failed' ||
    verdict.state === 'failed' ||
    verdict.state === 'retrying';
  return {
    phase: hasFailed ? 'Failed' : 'Succeeded',
    startedAt: release.deployedAt,
    finishedAt: release.deployedAt,
    message: verdict.state === 'failed' ? verdict.message : undefined,
    revision: source?.path === undefined ? release.chartVersion : undefined,
    sources: deliveryOf(source, release.chartVersion),
  };
}

/** Of a chart in a repository of files, releases tell the version of the chart but no commit. */
function deliveryOf(
  source: EngineSource | undefined,
  version: string | undefined,
): EngineDelivery[] {
  if (!source) return [];
  const { repoUrl, path, targetRevision } = source;
  const revision = path === undefined ? version : undefined;
  return [{ repoUrl, path, targetRevision, revision }];
}

function newest(conditions: Condition[]): string | undefined {
  return conditions
    .flatMap(({ since }) => since ?? [])
    .sort()
    .at(-1);
}
