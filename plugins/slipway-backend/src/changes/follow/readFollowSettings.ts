import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const TIMEOUT_MINUTES = 10;

/**
 * Reads `slipway.follow`.
 *
 * @throws InputError naming the key that is wrong.
 */
export function readFollowSettings(config: RootConfigService): {
  timeoutMinutes: number;
  settleMilliseconds?: number;
} {
  const follow = config.getOptionalConfig('slipway.follow');
  const timeoutMinutes = positive(
    'timeoutMinutes',
    follow?.getOptionalNumber('timeoutMinutes') ?? TIMEOUT_MINUTES,
  );
  const seconds = follow?.getOptionalNumber('settleSeconds');
  return {
    timeoutMinutes,
    ...(seconds !== undefined && {
      settleMilliseconds: positive('settleSeconds', seconds) * 1000,
    }),
  };
}

function positive(key: string, value: number): number {
  if (value > 0) return value;
  throw new InputError(`slipway.follow.${key} must be more than 0`);
}
