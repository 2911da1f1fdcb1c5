import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import { maskText } from '../../manifests/masking';

/**
 * `secretWouldShow`: a file that moves is read by its new name, as prose or without the `secretGenerator` that named it; values that
 * were masked under the old one must stay so.
 */
export function wouldShow(options: {
  path: string;
  from: string | undefined;
  text: string;
  secretSource: SecretSources;
}): Finding | undefined {
  const { path, from, text, secretSource } = options;
  if (from === undefined || from === path) return undefined;
  const count = (at: string) =>
    maskText({ path: at, text, wholly: secretSource(at) }).masked;
  if (count(path) >= count(from)) return undefined;
  return {
    severity: 'error',
    code: 'secretWouldShow',
    params: { path, oldPath: from },
    file: path,
  };
}
