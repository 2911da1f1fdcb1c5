import { appliedObjects } from '../../manifests/schema';
import { TooManyValues, ValueBudget } from '../../manifests/yaml/ValueBudget';
import { toValue, UnusableDocument } from './toValue';

const budget = (values = 1_000_000) =>
  new ValueBudget({ values, characters: 100_000_000 });

function read(yaml: string, of = budget()): unknown {
  const [object] = appliedObjects(
    `apiVersion: v1\nkind: ConfigMap\nvalue:\n${yaml}`,
  );
  return (toValue(object.node, object.targets, of) as { value: unknown }).value;
}

describe('toValue', () => {
  it.each<[string, unknown]>([
    ['1', 1],
    ['-12', -12],
    ['0.5', 0.5],
    ['1e3', 1000],
    ['0644', 420],
    ['0x1f', 31],
    ['1_000', 1000],
    ['"1"', '1'],
    ["'yes'", 'yes'],
    ['yes', true],
    ['Off', false],
    ['~', null],
    ['', null],
    ['1.2.3', '1.2.3'],
    ['!!str 1', '1'],
    ['|-\n    a\n    b', 'a\nb'],
    ['[a, {b: 1}]', ['a', { b: 1 }]],
  ])('reads %j as what Kubernetes takes it for', (yaml, expected) => {
    expect(read(`  x: ${yaml}`)).toEqual({ x: expected });
  });

  it('follows aliases and merges', () => {
    expect(
      read('  base: &b { a: 1, c: 2 }\n  own: { <<: *b, a: 3 }\n  same: *b'),
    ).toEqual({
      base: { a: 1, c: 2 },
      own: { c: 2, a: 3 },
      same: { a: 1, c: 2 },
    });
  });

  it('gives up on what repeats itself without end', () => {
    const lines = ['  a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      const alias = `*a${level - 1}`;
      lines.push(
        `  a${level}: &a${level} [${Array(10).fill(alias).join(', ')}]`,
      );
    }
    expect(() => read(lines.join('\n'))).toThrow(UnusableDocument);
    // Few values, each of them long.
    const long = `  a: &a ${'x'.repeat(100_000)}\n  b: [${'*a, '.repeat(50)}]`;
    expect(() => read(long)).toThrow(UnusableDocument);
  });

  it('takes from what all objects have together', () => {
    const shared = budget(20);
    expect(read('  a: [1, 2, 3]', shared)).toEqual({ a: [1, 2, 3] });
    expect(read('  a: [1, 2, 3]', shared)).toEqual({ a: [1, 2, 3] });
    expect(() => read('  a: [1, 2, 3]', shared)).toThrow(TooManyValues);
  });
});
