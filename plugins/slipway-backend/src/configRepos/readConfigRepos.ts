import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { PlainSecretPolicy } from '../manifests/checks';
import type { ConfigRepoConfig } from './types';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const PLAIN_SECRETS: PlainSecretPolicy[] = ['refuse', 'warn', 'allow'];

/**
 * Reads `slipway.configRepos`.
 *
 * @throws InputError naming the key that is wrong.
 */
export function readConfigRepos(config: RootConfigService): ConfigRepoConfig[] {
  const entries = config.getOptionalConfigArray('slipway.configRepos') ?? [];
  const names = new Set<string>();
  return entries.map((entry, index) => {
    const key = `slipway.configRepos[${index}]`;
    const name = entry.getString('name');
    if (!NAME.test(name)) {
      throw new InputError(
        `${key}.name '${name}' must be a DNS label: lower case letters, digits and '-', at most 63`,
      );
    }
    if (names.has(name)) {
      throw new InputError(`${key}.name '${name}' is used twice`);
    }
    names.add(name);
    const refreshMinutes = entry.getOptionalNumber('refresh.minutes') ?? 1;
    if (!(refreshMinutes > 0)) {
      throw new InputError(`${key}.refresh.minutes must be more than 0`);
    }
    return {
      name,
      url: readUrl(entry.getString('url'), `${key}.url`),
      branch: entry.getOptionalString('branch') ?? 'main',
      refreshMinutes,
      plainSecrets: readPlainSecrets(entry, `${key}.plainSecrets`),
    };
  });
}

function readPlainSecrets(
  entry: Config,
  key: string,
): PlainSecretPolicy | undefined {
  const policy = entry.getOptionalString('plainSecrets');
  if (policy === undefined) return undefined;
  const known = PLAIN_SECRETS.find(one => one === policy);
  if (!known) {
    throw new InputError(
      `${key} '${policy}' must be one of ${PLAIN_SECRETS.join(', ')}`,
    );
  }
  return known;
}

function readUrl(text: string, key: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError(`${key} is not a URL`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError(`${key} must begin with https:// or http://`);
  }
  if (url.username || url.password) {
    throw new InputError(
      `${key} must not hold credentials; configure them under 'integrations' for the host ${url.host}`,
    );
  }
  return url.toString();
}
