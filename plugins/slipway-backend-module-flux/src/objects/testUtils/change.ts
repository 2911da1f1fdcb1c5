import type {
  EngineObject,
  Fields,
} from '@slipway/backstage-plugin-slipway-node';

/** Merges deeply; lists and undefined replace. */
export function change<T>(original: T, changes: object): T {
  const result: Fields = { ...(original as Fields) };
  for (const [key, value] of Object.entries(changes)) {
    const isPlain =
      typeof value === 'object' && value !== null && !Array.isArray(value);
    result[key] = isPlain ? change(result[key] ?? {}, value) : value;
  }
  return result as T;
}

export function condition(
  status: string,
  reason: string,
  message: string,
  type = 'Ready',
) {
  return {
    type,
    status,
    reason,
    message,
    lastTransitionTime: '2026-11-21T09:00:00Z',
  };
}

/** Only these conditions. */
export function withReady(...conditions: object[]) {
  return { status: { conditions } };
}

export const failing = condition(
  'False',
  'HealthCheckFailed',
  'web is not ready',
);

/** Health and sync with their reasons. */
export function states({ health, sync }: EngineObject) {
  return [health.state, health.reason?.code, sync.state, sync.reason?.code];
}
