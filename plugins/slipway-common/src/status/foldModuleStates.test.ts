import fc from 'fast-check';
import type { ModuleState } from '../schema/openapi';
import { foldModuleStates, moduleCounts } from './foldModuleStates';
import {
  FILE_SYNC_ORDER,
  HEALTH_ORDER,
  SYNC_ORDER,
  worstFileSync,
  worstHealth,
  worstSync,
} from './worst';

const time = fc
  .date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true })
  .map(date => date.toISOString());
const state: fc.Arbitrary<ModuleState> = fc.record(
  {
    cluster: fc.constantFrom('gd', 'xj'),
    namespace: fc.constant('shop'),
    health: fc.record(
      { state: fc.constantFrom(...HEALTH_ORDER), since: time },
      { requiredKeys: ['state'] },
    ),
    sync: fc.record({ state: fc.constantFrom(...SYNC_ORDER) }),
    fileSync: fc.record(
      { state: fc.constantFrom(...FILE_SYNC_ORDER), commits: fc.nat(9) },
      { requiredKeys: ['state'] },
    ),
    asOf: time,
    stale: fc.boolean(),
    engineObjects: fc.constant([]),
  },
  {
    requiredKeys: [
      'cluster',
      'namespace',
      'health',
      'sync',
      'fileSync',
      'stale',
      'engineObjects',
    ],
  },
);

describe('foldModuleStates', () => {
  it('takes the worst of any two, and of none knows nothing', () => {
    for (const [worse, health] of HEALTH_ORDER.entries()) {
      for (const better of HEALTH_ORDER.slice(0, worse + 1)) {
        expect(worstHealth([health, better])).toBe(health);
        expect(worstHealth([better, health])).toBe(health);
      }
    }
    expect(worstSync(['Unknown', 'OutOfSync', 'Synced'])).toBe('Unknown');
    expect(worstFileSync(['Current', 'NotDeployed', 'Behind'])).toBe(
      'NotDeployed',
    );
    expect(foldModuleStates([])).toEqual({
      health: { state: 'Unknown' },
      sync: { state: 'Unknown' },
      fileSync: { state: 'NotDeployed' },
      stale: false,
    });
  });

  it('shows one target as it is', () => {
    fc.assert(
      fc.property(state, one => {
        const { health, sync, fileSync, asOf, stale } = one;
        expect(foldModuleStates([one])).toEqual({
          health,
          sync,
          fileSync,
          ...(asOf && { asOf }),
          stale,
        });
      }),
    );
  });

  it('does not depend on the order of the targets, nor on one twice', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1 }), states => {
        const folded = foldModuleStates(states);
        expect(foldModuleStates([...states].reverse())).toEqual(folded);
        expect(foldModuleStates([...states, ...states])).toEqual(folded);
      }),
    );
  });

  it('keeps since, reason and the most commits of the worst', () => {
    const reason = { code: 'engineMessage', params: { message: 'no' } };
    const base = fc.sample(state, 1)[0];
    const folded = foldModuleStates([
      {
        ...base,
        health: { state: 'Degraded', since: '2026-01-03T00:00:00Z' },
        fileSync: { state: 'Behind', commits: 2 },
        asOf: '2026-01-09T00:00:00Z',
        stale: false,
      },
      {
        ...base,
        health: { state: 'Degraded', since: '2026-01-02T00:00:00Z', reason },
        fileSync: { state: 'Behind', commits: 7 },
        asOf: '2026-01-08T00:00:00Z',
        stale: true,
      },
      {
        ...base,
        health: { state: 'Healthy', since: '2026-01-01T00:00:00Z' },
        fileSync: { state: 'Current' },
        asOf: '2026-01-10T00:00:00Z',
        stale: false,
      },
    ]);
    expect(folded).toMatchObject({
      health: { state: 'Degraded', since: '2026-01-02T00:00:00Z', reason },
      fileSync: { state: 'Behind', commits: 7 },
      asOf: '2026-01-08T00:00:00Z',
      stale: true,
    });
  });
});

describe('moduleCounts', () => {
  it('counts every module once in each of the three', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ states: fc.array(state) })), modules => {
        const { total, health, sync, fileSync } = moduleCounts(modules);
        expect(total).toBe(modules.length);
        for (const counts of [health, sync, fileSync]) {
          const sum = Object.values(counts).reduce((a, b) => a + b, 0);
          expect(sum).toBe(total);
        }
      }),
    );
  });
});
