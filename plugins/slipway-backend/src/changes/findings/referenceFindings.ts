import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot } from '../../git';
import {
  checkReferences,
  directoryOf,
  isKustomization,
} from '../../manifests/kustomize';
import type { FindingsOptions } from './types';

/** Kustomizations that one plan looks at. */
const MAX_KUSTOMIZATIONS = 200;

/**
 * Whether what Kustomizations name is there, once the change is made: in those that it writes, and in those that name what it removes.
 * What was missing before is a warning.
 */
export async function referenceFindings(
  options: FindingsOptions,
): Promise<Finding[]> {
  const { repo, planned, after, texts, mayRead } = options;
  if (planned.edits.length === 0) return [];
  const paths = new Set<string>();
  for (const { path, to } of planned.edits) {
    if (to && isKustomization(path)) paths.add(path);
    if (!to) namersOf(path, repo).forEach(one => paths.add(one));
  }
  const findings: Finding[] = [];
  for (const path of [...paths].filter(mayRead).slice(0, MAX_KUSTOMIZATIONS)) {
    const check = async (tree: Snapshot) => {
      const entry = tree.entry(path);
      const text = entry?.mode.startsWith('100')
        ? await texts.read(entry.oid)
        : undefined;
      return text === undefined
        ? []
        : checkReferences({ path, text, exists: existsIn(tree) });
    };
    const known = new Set((await check(repo.snapshot)).map(nameOf));
    for (const finding of await check(after)) {
      const isOld = finding.severity === 'error' && known.has(nameOf(finding));
      findings.push(isOld ? { ...finding, severity: 'warning' } : finding);
    }
  }
  return findings;
}

/** Kustomizations that name a path, or a directory that may go with it. */
function namersOf(path: string, { shared }: FindingsOptions['repo']): string[] {
  const namers: string[] = [];
  for (let at = path; at !== ''; at = directoryOf(at)) {
    namers.push(...shared.namedBy(at));
  }
  return namers;
}

function existsIn(tree: Snapshot) {
  return (path: string): 'file' | 'directory' | undefined => {
    const mode = tree.entry(path)?.mode;
    if (mode === undefined) return undefined;
    return mode === '40000' ? 'directory' : 'file';
  };
}

function nameOf({ code, params }: Finding): string {
  return JSON.stringify([code, params]);
}
