import { setTimeout as delay } from 'node:timers/promises';

/** Waits; `false` when the signal ended the wait. */
export async function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
