import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { changedTexts } from './changedTexts';
import { clusterFindings } from './clusterFindings';
import { fileFindings } from './fileFindings';
import { moduleFindings } from './moduleFindings';
import { referenceFindings } from './referenceFindings';
import type { ChangeFindings, FindingsOptions } from './types';

const ORDER: Array<Finding['severity']> = ['error', 'warning', 'info'];

/** Checks a planned change in every way that there is: what is wrong comes first. */
export async function collectFindings(
  options: FindingsOptions,
): Promise<ChangeFindings> {
  const changed = await changedTexts(options);
  // Clusters are asked while the rest is looked at.
  const [onClusters, files, modules, references] = await Promise.all([
    clusterFindings(changed, options),
    fileFindings(changed, options),
    moduleFindings(changed, options),
    referenceFindings(options),
  ]);
  const findings = [
    ...options.planned.findings,
    ...files,
    ...references,
    ...modules.findings,
    ...onClusters,
  ];
  return {
    findings: findings.sort(
      (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
    ),
    pruned: modules.pruned,
  };
}
