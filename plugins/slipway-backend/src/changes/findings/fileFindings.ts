import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { checkFile, secretFindings } from '../../manifests/checks';
import { wouldShow } from '../plan/wouldShow';
import type { ChangedText } from './changedTexts';
import type { FindingsOptions } from './types';

/** What is wrong with single files, whatever is beside them. */
export async function fileFindings(
  changed: readonly ChangedText[],
  options: Pick<FindingsOptions, 'policy' | 'secretSource' | 'signal'>,
): Promise<Finding[]> {
  const { policy, secretSource, signal } = options;
  const findings: Finding[] = [];
  for (const file of changed) {
    signal?.throwIfAborted();
    // Others' requests are not to wait for all of them.
    await nextTurn();
    const shown = wouldShow({ ...file, from: file.oldPath, secretSource });
    findings.push(
      // What is wrong with a copy was wrong before; rules only change values.
      ...(file.origin === undefined ? checkFile(file) : []),
      ...secretFindings({ ...file, policy }),
      ...generatorFindings(file, options),
      ...(shown ? [shown] : []),
    );
  }
  return findings;
}

/** Files that a `secretGenerator` makes values of are plain secrets as well. */
function generatorFindings(
  { path, text, before }: ChangedText,
  { policy, secretSource }: Pick<FindingsOptions, 'policy' | 'secretSource'>,
): Finding[] {
  const wholly = secretSource(path);
  if (!wholly || policy === 'allow' || text === before || text.trim() === '') {
    return [];
  }
  // What SOPS encrypted is no plain value.
  if (/^sops[:_]|"sops":|^\[sops\]/m.test(text)) return [];
  return [
    {
      severity: policy === 'refuse' ? 'error' : 'warning',
      code: 'plainSecret',
      params: { key: path.slice(path.lastIndexOf('/') + 1), object: 'Secret' },
      file: path,
      line: 1,
      column: 1,
    },
  ];
}
