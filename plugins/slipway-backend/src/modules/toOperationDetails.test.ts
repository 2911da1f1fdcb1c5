import type { SyncState } from '@slipway/backstage-plugin-slipway-common';
import { toOperationDetails } from './toOperationDetails';

const FAILED = 'a'.repeat(40);
const NEXT = 'b'.repeat(40);

function overtaken(change: {
  phase?: 'Failed' | 'Error' | 'Succeeded';
  sync?: SyncState;
  comparedRevision?: string;
}) {
  const { phase = 'Failed', sync = 'Synced' } = change;
  const { comparedRevision = NEXT } = change;
  return toOperationDetails({
    sources: [
      { repoUrl: 'https://git.example/x', recurse: false, comparedRevision },
    ],
    sync: { state: sync },
    operation: { phase, revision: FAILED, message: 'no' },
  })?.overtaken;
}

describe('toOperationDetails', () => {
  it('calls a failed operation overtaken once what came after is in place', () => {
    expect(overtaken({})).toBe(true);
    expect(overtaken({ phase: 'Error' })).toBe(true);
  });

  it('calls none overtaken that succeeded, or that still is the last word', () => {
    expect(overtaken({ phase: 'Succeeded' })).toBeUndefined();
    expect(overtaken({ sync: 'OutOfSync' })).toBeUndefined();
    // A hook that fails after the sync: all is in place, and yet it failed.
    expect(overtaken({ comparedRevision: FAILED })).toBeUndefined();
  });
});
