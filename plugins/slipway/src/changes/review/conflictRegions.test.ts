import { conflictRegions, resolved } from './conflictRegions';

const mark = (mine: string, theirs: string) =>
  `<<<<<<< mine\n${mine}=======\n${theirs}>>>>>>> theirs\n`;

describe('conflictRegions', () => {
  const text = `a\n${mark('b\n', 'c\n')}d\n${mark('', 'e\nf\n')}`;

  it('finds each conflict with both sides, and puts a side in its place', () => {
    const regions = conflictRegions(text);
    const settled = (side: 'mine' | 'theirs' | 'both') =>
      [...regions]
        .reverse()
        .reduce(
          (now, region) =>
            now.slice(0, region.from) +
            resolved(text, region, side) +
            now.slice(region.to),
          text,
        );
    expect(regions).toHaveLength(2);
    expect(settled('mine')).toBe('a\nb\nd\n');
    expect(settled('theirs')).toBe('a\nc\nd\ne\nf\n');
    expect(settled('both')).toBe('a\nb\nc\nd\ne\nf\n');
    expect(conflictRegions(settled('both'))).toEqual([]);
  });

  it.each([
    ['', 0],
    ['<<<<<<< mine\na\n', 0],
    ['=======\n>>>>>>> theirs\n', 0],
    [`<<<<<<< mine\n${mark('a\n', 'b\n')}`, 1],
    [mark('a\n', 'b\n').replace(/\n/g, '\r\n'), 1],
    [mark('a\n', 'b\n').trimEnd(), 1],
    ['  <<<<<<< mine\n=======\n>>>>>>> theirs\n', 0],
  ])('of %j there are %d', (broken, expected) => {
    expect(conflictRegions(broken)).toHaveLength(expected);
  });
});
