import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { checkFile, secretFindings } from '../../manifests/checks';
import { wouldShow } from '../plan/wouldShow';
import type { ChangedText } from './changedTexts';
import type { FindingsOptions } from './types';

/** What is wrong with single files, whatever is beside them. */
export function fileFindings(
  changed: readonly ChangedText[],
  options: Pick<FindingsOptions, 'planned' | 'policy' | 'secretSource'>,
): Finding[] {
  const { planned, policy, secretSource } = options;
  const deleted = planned.sides.flatMap(({ before, after }) =>
    before && !after ? checkFile({ path: before.path }) : [],
  );
  return [
    ...deleted,
    ...changed.flatMap(file => [
      ...checkFile(file),
      ...secretFindings({ ...file, policy }),
      ...generatorFindings(file, options),
      ...[wouldShow({ ...file, from: file.oldPath, secretSource })].flatMap(
        finding => finding ?? [],
      ),
    ]),
  ];
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
