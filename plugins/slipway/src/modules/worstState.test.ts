import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { worstState } from './worstState';

function state(patch: Partial<ModuleState>): ModuleState {
  return {
    cluster: 'gd',
    namespace: 'shop',
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    fileSync: { state: 'Current' },
    stale: false,
    engineObjects: [],
    ...patch,
  };
}

describe('worstState', () => {
  it('takes the worst of each of the three by itself', () => {
    const worst = worstState([
      state({ health: { state: 'Degraded' }, asOf: '2026-11-21T10:00:00Z' }),
      state({ sync: { state: 'OutOfSync' }, asOf: '2026-11-21T09:00:00Z' }),
      state({ fileSync: { state: 'Behind', commits: 2 }, stale: true }),
    ]);
    expect(worst).toEqual({
      health: { state: 'Degraded' },
      sync: { state: 'OutOfSync' },
      fileSync: { state: 'Behind', commits: 2 },
      stale: true,
      asOf: '2026-11-21T09:00:00Z',
    });
  });

  it('knows nothing of a module without targets', () => {
    expect(worstState([])).toEqual({
      health: undefined,
      sync: undefined,
      fileSync: undefined,
      stale: false,
      asOf: undefined,
    });
  });
});
