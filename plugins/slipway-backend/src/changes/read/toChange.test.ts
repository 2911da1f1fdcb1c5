import { rowToChange, type ChangeRow } from '../changeRows';
import { toChange, type ChangeAccess, type ChangeModuleRow } from './toChange';

const row: ChangeRow = {
  id: 7,
  config_repo: 'shop',
  kind: 'edit',
  state: 'Failed',
  since: '2026-11-21T12:00:00.000Z',
  reason: JSON.stringify({
    code: 'pushRefused',
    params: { words: 'prod1/db is frozen' },
  }),
  message: 'Change both',
  change_reason: null,
  author_name: 'Ann',
  author_email: 'ann@example.org',
  author_ref: 'user:default/ann',
  requested_at: '2026-11-21T12:00:00.000Z',
  base: 'a'.repeat(40),
  digest: 'v1:1',
  commit: null,
  undoes: null,
  granted: null,
  steps: '[]',
  sequence: 1,
};
const change = rowToChange(row, [
  {
    change_id: 7,
    number: 1,
    base: row.base,
    commit: 'b'.repeat(40),
    at: row.since,
    result: 'refused',
    words: 'prod1/db is frozen',
  },
]);
const modules: ChangeModuleRow[] = ['dev', 'prod1'].map(environment => ({
  change_id: 7,
  environment,
  module: 'db',
}));

const told = (environments: string[]) => {
  const access: ChangeAccess = {
    mayRead: place =>
      place.type === 'metadata' &&
      environments.includes(place.environment ?? ''),
  };
  return toChange(change, { files: [], modules, targets: [] }, access);
};

describe('toChange', () => {
  it('tells why it failed to whoever may read all that it touches', () => {
    const { summary, attempts } = told(['dev', 'prod1']);
    expect(summary.reason?.code).toBe('pushRefused');
    expect(attempts[0].words).toBe('prod1/db is frozen');
  });

  it('tells others that it failed, and nothing of what they may not read', () => {
    const partly = told(['dev']);
    expect(partly.summary).toMatchObject({
      state: 'Failed',
      reason: { code: 'reasonHidden', params: {} },
      modules: [{ environment: 'dev', module: 'db' }],
    });
    expect(JSON.stringify(partly)).not.toContain('prod1');
  });
});
