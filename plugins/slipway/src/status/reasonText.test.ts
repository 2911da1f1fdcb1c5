import { mockApis } from '@backstage/frontend-test-utils';
import { slipwayTranslationRef } from '../translation';
import { messages } from '../translation/messages';
import zh from '../translation/zh';
import { reasonText } from './reasonText';
import { exactTime, relativeTime } from './relativeTime';
import { shortReasonText } from './shortReasonText';

const snapshot = mockApis.translation().getTranslation(slipwayTranslationRef);
if (!snapshot.ready) {
  throw new Error('English is there at once');
}
const { t } = snapshot;

describe('reasonText', () => {
  it.each<[string, Record<string, string>, string]>([
    ['noModules', {}, 'The environment has no modules.'],
    [
      'unreachable',
      { detail: 'ECONNREFUSED' },
      'The server could not be reached. (ECONNREFUSED)',
    ],
    [
      'operationFailed',
      { module: 'cart', message: 'field is immutable' },
      'The last operation on cart failed: field is immutable',
    ],
    ['notSynced', {}, 'Not synced: ….'],
    [
      'branchNotFound',
      { branch: 'trunk' },
      'The repository does not have the branch trunk.',
    ],
    [
      'schemaInvalid',
      { path: '/spec/stage', expected: 'a string' },
      '/spec/stage should be a string.',
    ],
    [
      'schemaInvalid',
      { path: '/spec', keyword: 'required' },
      '/spec is not as the schema wants it (required).',
    ],
    ['fromTheFuture', { message: 'new thing' }, 'fromTheFuture: new thing'],
    ['fromTheFuture', {}, 'fromTheFuture'],
    ['constructor', {}, 'constructor'],
    [
      'comparisonFailed',
      { message: '<b>{{cluster}} $t(reason.noModules)</b>' },
      'The sync engine could not compare Git with the cluster: <b>{{cluster}} $t(reason.noModules)</b>',
    ],
  ])('%s %p', (code, params, expected) => {
    expect(reasonText(t, { code, params }, 'en')).toBe(expected);
  });

  it('says since when a cluster is away', () => {
    const since = '2026-11-21T09:41:07Z';
    expect(
      reasonText(
        t,
        { code: 'clusterUnreachable', params: { cluster: 'gd', since } },
        'en',
      ),
    ).toBe(
      `The cluster gd cannot be reached since ${exactTime(
        since,
        'en',
      )}. This is its last known state.`,
    );
  });
});

describe('shortReasonText', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each<[string, Record<string, string>, string | undefined]>([
    ['operationRunning', { done: '2', total: '12' }, '2 of 12'],
    ['operationRunning', {}, undefined],
    [
      'clusterUnreachable',
      { cluster: 'gd', since: '2026-11-21T09:00:00Z' },
      'gd offline · 3h ago',
    ],
    ['clusterUnreachable', { cluster: 'gd' }, 'gd offline'],
    ['schemaInvalid', {}, undefined],
  ])('%s %p', (code, params, expected) => {
    expect(shortReasonText(t, { code, params }, now, 'en')).toBe(expected);
  });
});

describe('relativeTime', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T11:59:48Z', 'en', '12s ago'],
    ['2026-11-21T11:46:00Z', 'en', '14m ago'],
    ['2026-11-21T09:00:00Z', 'zh', '3小时前'],
    ['2026-11-19T12:00:00Z', 'en', '2d ago'],
    // The server's clock is ahead of ours.
    ['2026-11-21T12:00:09Z', 'en', '0s ago'],
    ['not a time', 'en', ''],
  ])('%s in %s', (at, language, expected) => {
    expect(relativeTime(at, now, language)).toBe(expected);
  });
});

describe('简体中文', () => {
  function placeholders(text: string) {
    return [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
  }

  type Nested = { readonly [key: string]: string | Nested };

  function flat(entries: Nested, above = ''): { [key: string]: string } {
    return Object.assign(
      {},
      ...Object.entries(entries).map(([key, value]) =>
        typeof value === 'string'
          ? { [above + key]: value }
          : flat(value, `${above}${key}.`),
      ),
    );
  }

  it('has the placeholders of the English message in every message', () => {
    const english = flat(messages);
    const chinese: { [key: string]: string } = zh;
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      expect([key, ...placeholders(chinese[key])]).toEqual([
        key,
        ...placeholders(text),
      ]);
    }
  });
});
