import {
  copyRulesFilePath,
  parseSlipwayFile,
  SLIPWAY_API_VERSION,
  type CopyRule,
  type Finding,
} from '@slipway/backstage-plugin-slipway-common';
import { stringify } from 'yaml';
import type { Snapshot } from '../git';
import type { CopyRow } from './types';

/** Makes the file that keeps rules under a name, or says what is wrong with it. */
export async function saveRules(
  name: string,
  rules: readonly CopyRule[],
  snapshot: Pick<Snapshot, 'entry'>,
  readBlob: (oid: string) => Promise<Buffer>,
): Promise<{ rows: CopyRow[]; findings: Finding[] }> {
  const path = copyRulesFilePath(name);
  const text = stringify(
    {
      apiVersion: SLIPWAY_API_VERSION,
      kind: 'CopyRules',
      metadata: { name },
      spec: { rules: rules.map(filledIn) },
    },
    { lineWidth: 0 },
  );
  const { findings } = parseSlipwayFile({ path, text, kind: 'CopyRules' });
  if (findings.length > 0) return { rows: [], findings };
  const entry = snapshot.entry(path);
  const content = Buffer.from(text);
  const same = entry && content.equals(await readBlob(entry.oid));
  return {
    findings: [],
    rows: [
      {
        file: {
          type: 'rules',
          path,
          status: same ? 'same' : 'created',
          overwrites: entry && !same ? true : undefined,
          values: 0,
          remarks: [],
        },
        operation: same ? undefined : { type: 'write', path, content },
      },
    ],
  };
}

/** Fields that say nothing stay out of the file. */
function filledIn(rule: CopyRule): CopyRule {
  return Object.fromEntries(
    Object.entries(rule).filter(([, value]) => value !== undefined),
  ) as CopyRule;
}
