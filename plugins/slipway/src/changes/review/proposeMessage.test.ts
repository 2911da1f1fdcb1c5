import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import { messages } from '../../translation/messages';
import type { Text } from '../../translation';
import { proposeMessage } from './proposeMessage';

const t = ((key: string, params: { [name: string]: unknown }) =>
  (messages.review as { [key: string]: string })[
    key.replace('review.', '')
  ].replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name]))) as Text;

const file = (
  path: string,
  status: PlannedFile['status'] = 'modified',
): PlannedFile => {
  const [environment, module] = path.split('/');
  return { path, status, environment, module };
};

describe('proposeMessage', () => {
  it.each<[string, PlannedFile[]]>([
    ['', []],
    ['', [file('prod1/cart/a', 'unchanged')]],
    ['Update cart in prod1', [file('prod1/cart/a'), file('prod1/cart/b')]],
    [
      'Update cart in prod1',
      [file('prod1/cart/a'), file('prod2/cart/a', 'unchanged')],
    ],
    [
      'Update 2 files in prod1',
      [file('prod1/cart/a'), file('prod1/checkout/a')],
    ],
    ['Update 2 files in shop', [file('prod1/cart/a'), file('prod2/cart/a')]],
    ['Update base/a', [{ path: 'base/a', status: 'modified' }]],
    ['Add prod1/cart/a', [file('prod1/cart/a', 'created')]],
    [
      'Remove 2 files in prod1',
      [file('prod1/cart/a', 'deleted'), file('prod1/cart/b', 'deleted')],
    ],
    [
      'Rename prod1/cart/a to prod1/cart/b',
      [{ ...file('prod1/cart/b', 'renamed'), oldPath: 'prod1/cart/a' }],
    ],
    [
      'Update cart in prod1',
      [file('prod1/cart/a', 'created'), file('prod1/cart/b', 'deleted')],
    ],
  ])('says %j', (expected, files) => {
    expect(proposeMessage(t, { plan: { files }, configRepo: 'shop' })).toBe(
      expected,
    );
  });

  it.each([
    [
      { path: 'prod1/cart/a', revision: 'c'.repeat(40) },
      'Restore prod1/cart/a as of ccccccc',
    ],
    [
      { environment: 'prod1', module: 'cart', revision: 'c'.repeat(40) },
      'Roll back cart in prod1 to ccccccc',
    ],
    [{ change: 131 }, 'Undo change #131'],
  ])('of the rollback %j says %j', (rollback, expected) => {
    expect(
      proposeMessage(t, { plan: { files: [] }, rollback, configRepo: 'shop' }),
    ).toBe(expected);
  });
});
