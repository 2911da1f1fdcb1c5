import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ConfigRepoConfig } from './types';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

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
    };
  });
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
