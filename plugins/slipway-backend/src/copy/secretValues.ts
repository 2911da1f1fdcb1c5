import type { CopySecrets } from '@slipway/backstage-plugin-slipway-common';
import { isMap, isSeq } from 'yaml';
import { plainSecrets } from '../manifests/checks';
import type { WhollySecret } from '../manifests/masking';
import { isSops } from '../manifests/masking/markers';
import { replaceSpans } from '../manifests/masking/render';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import { collectAliases, getValue, textOf } from '../manifests/yaml/nodes';

export { isSops };

/** Recipients that are named to people; more are counted. */
const MAX_RECIPIENTS = 5;

/** How many values of a file anyone can read who can read Git, though they are secret. */
export interface PlainSecretValues {
  count: number;
  /** The file without them; absent where they cannot be told from the rest. */
  emptied?: string;
}

/** Finds the plain secret values of a file. */
export function plainSecretValues(
  path: string,
  text: string,
  wholly: WhollySecret | undefined,
): PlainSecretValues {
  const spans = plainSecrets({ path, text, wholly });
  const apart = spans.every(
    ({ form }) => form !== 'document' && form !== 'content',
  );
  return {
    count: spans.length,
    emptied: apart
      ? replaceSpans(text, spans, ({ form }) => (form === 'scalar' ? '""' : ''))
      : undefined,
  };
}

/** What becomes of a file with plain secret values. */
export function secretsOf(
  path: string,
  {
    secrets = 'leaveOut',
    secretsOf: single = [],
  }: {
    secrets?: CopySecrets;
    secretsOf?: ReadonlyArray<{ path: string; secrets: CopySecrets }>;
  },
): CopySecrets {
  return single.find(one => one.path === path)?.secrets ?? secrets;
}

/** Who can decrypt a file of SOPS, by the metadata that it leaves to see (https://getsops.io/docs/#encryption-protocol). */
export function sopsRecipients(text: string): string[] {
  const found = new Set<string>();
  for (const chunk of splitDocuments(text)) {
    const { roots, errors } = parseChunk(chunk.text);
    if (errors.length > 0) continue;
    for (const root of roots) {
      const targets = collectAliases(root);
      const sops = getValue(root, 'sops', targets);
      if (!isMap(sops)) continue;
      for (const { value } of sops.items) {
        if (!isSeq(value)) continue;
        for (const item of value.items) {
          const recipient = [
            'recipient',
            'arn',
            'fp',
            'resource_id',
            'vault_address',
            'vaultUrl',
            'name',
          ]
            .map(key => textOf(getValue(item, key, targets)))
            .find(Boolean);
          if (recipient) found.add(recipient);
        }
      }
    }
  }
  const all = [...found];
  const named = all.slice(0, MAX_RECIPIENTS);
  return all.length > named.length
    ? [...named, `+${all.length - named.length}`]
    : named;
}
