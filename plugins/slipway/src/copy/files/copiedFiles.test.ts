import { copiedFile } from '../../__testUtils__/copyFixtures';
import { movesBetween } from '../plan/movesBetween';
import { withModule } from '../what/chosenModules';
import { byModule, countCopied, isWritten } from './copiedFileOrder';
import { shortPath } from './shortPath';

describe('the files of a copy', () => {
  it('come by module, what is refused first, else as the API has them', () => {
    const files = [
      copiedFile('a', '1'),
      copiedFile('b', '1'),
      copiedFile('a', '2'),
      copiedFile('b', '2', { status: 'refused' }),
    ];
    expect(byModule(files).map(({ path }) => path)).toEqual([
      'demo/b/2',
      'demo/b/1',
      'demo/a/1',
      'demo/a/2',
    ]);
    expect(countCopied(files)).toMatchObject({ refused: 1, verbatim: 3 });
    expect(files.filter(isWritten)).toHaveLength(3);
  });

  it.each([
    ['demo/cart/x/a.yaml', 'demo', 'cart', 'x/a.yaml'],
    ['demo/shared.yaml', 'demo', 'cart', 'shared.yaml'],
    ['apps/cart/demo/a.yaml', 'demo', 'cart', 'apps/cart/demo/a.yaml'],
    ['demo/cart/a.yaml', undefined, 'cart', 'demo/cart/a.yaml'],
    ['demo/cart/a.yaml', 'demo', undefined, 'cart/a.yaml'],
  ])('%s in %s of %s is %s', (path, place, module, expected) => {
    expect(shortPath(path, { path: place }, module)).toBe(expected);
  });

  it('that moved are those whose status is another', () => {
    const before = [copiedFile('a', '1'), copiedFile('a', '2')];
    const after = [copiedFile('a', '1', { status: 'same' }), before[1]];
    expect(movesBetween(before, after)).toEqual([
      { path: 'demo/a/1', before: 'verbatim', after: 'same' },
    ]);
  });
});

describe('the modules of a copy', () => {
  const all = ['a', 'b'];
  it.each([
    [undefined, 'a', false, ['b']],
    [['b'], 'b', false, []],
    [['b'], 'a', true, undefined],
    [[], 'b', true, ['b']],
  ])('%p, with %s %p: %p', (chosen, name, taken, expected) => {
    expect(withModule(all, chosen, name, taken)).toEqual(expected);
  });
});
