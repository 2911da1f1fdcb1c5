import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { placeOf } from '../../configRepos/placeOf';
import {
  directoryOf,
  kustomizationPaths,
  referencesOf,
} from '../../manifests/kustomize';
import { checkOnClusters } from '../../schemas';
import type { ChangedText } from './changedTexts';
import type { FindingsOptions } from './types';

/** A plan is not to wait for clusters much longer than a person would. */
const MAX_MILLISECONDS = 3000;
const YAML_OR_JSON = /\.(?:ya?ml|json)$/i;

/**
 * Holds what a change writes against the schemas of the clusters that it goes to. A cluster that cannot be asked in time is told of,
 * and in nobody's way.
 */
export async function clusterFindings(
  changed: readonly ChangedText[],
  options: FindingsOptions,
): Promise<Finding[]> {
  const checks = changed
    .filter(file => YAML_OR_JSON.test(file.path) && !isTemplate(file))
    .filter(file => !options.onlyErrors || file.origin !== file.text)
    .map(file => ({ file, clusters: clustersOf(file.path, options) }))
    .filter(({ clusters }) => clusters.length > 0);
  if (checks.length === 0) return [];
  const done = new AbortController();
  const late = sleep(MAX_MILLISECONDS, undefined, {
    signal: done.signal,
    ref: false,
  }).catch(() => undefined);
  const all = Promise.all(
    checks.map(async ({ file, clusters }) =>
      checkOnClusters({
        ...file,
        before: file.before ?? file.origin,
        schemas: options.schemas,
        clusters,
        partial: await isPatch(file.path, options),
      }),
    ),
  );
  try {
    const found = await Promise.race([all, late]);
    return found ? joinUnavailable(found.flat()) : [unavailable(checks)];
  } finally {
    done.abort();
  }
}

function clustersOf(
  path: string,
  { planned, repo }: FindingsOptions,
): string[] {
  const place = placeOf(repo.model, path, repo.shared.sharedBy);
  const refs = 'touches' in place ? place.touches : [place];
  const clusters = planned.touches
    .filter(touched =>
      refs.some(
        one =>
          'module' in one &&
          touched.environment === one.environment &&
          touched.module === one.module,
      ),
    )
    .flatMap(({ targets }) => targets.map(({ cluster }) => cluster));
  return [...new Set(clusters)].sort();
}

/** Helm renders it first. */
function isTemplate({ path, text }: ChangedText): boolean {
  return /(?:^|\/)templates\//.test(path) && text.includes('{{');
}

/** Whether Kustomizations take the file for a patch, which says but a part of its object. */
async function isPatch(
  path: string,
  { repo, after, texts }: FindingsOptions,
): Promise<boolean> {
  const beside = kustomizationPaths(directoryOf(path));
  for (const by of new Set([...repo.shared.namedBy(path), ...beside])) {
    const entry = after.entry(by);
    const text = entry && (await texts.read(entry.oid));
    const named = text === undefined ? [] : referencesOf(by, text);
    if (named.some(one => one.path === path && /^patches/.test(one.field))) {
      return true;
    }
  }
  return false;
}

/** One finding for all files: a cluster that does not answer says so of each. */
function joinUnavailable(findings: readonly Finding[]): Finding[] {
  const silent = findings.filter(({ code }) => code === 'schemasUnavailable');
  if (silent.length === 0) return [...findings];
  const names = silent.flatMap(({ params }) => params.clusters.split(', '));
  return [
    ...findings.filter(finding => !silent.includes(finding)),
    schemasUnavailable(names),
  ];
}

function unavailable(checks: ReadonlyArray<{ clusters: string[] }>): Finding {
  return schemasUnavailable(checks.flatMap(({ clusters }) => clusters));
}

function schemasUnavailable(clusters: readonly string[]): Finding {
  const names = [...new Set(clusters)].sort().join(', ');
  return {
    severity: 'info',
    code: 'schemasUnavailable',
    params: { clusters: names },
  };
}
