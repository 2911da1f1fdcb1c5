import type { Reason } from '@slipway/backstage-plugin-slipway-common';

export function reason(
  code: string,
  params: Record<string, string> = {},
): Reason {
  return { code, params };
}
