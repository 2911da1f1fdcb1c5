import fc from 'fast-check';
import { stringify } from 'yaml';
import type { EnvironmentModel } from '../status/types';
import { compareTexts } from './compareTexts';
import { expectedValues } from './expectedValues';

const environment = (
  name: string,
  ...targets: Array<[string, string]>
): EnvironmentModel => ({
  name,
  managed: true,
  path: name,
  targets: targets.map(([cluster, namespace]) => ({ cluster, namespace })),
  modules: [],
  findings: [],
});
const prod = environment('prod1', ['gd', 'shop']);
const uat = environment('uat', ['center', 'shop-uat']);
const isExpected = expectedValues(prod, uat);
const never = () => false;

function told(left: string, right: string, expected = isExpected) {
  const compared = compareTexts(left, right, expected);
  return compared.type === 'compared'
    ? compared.differences.map(one =>
        [one.object, one.path, one.left, one.right, one.expected]
          .map(part => part ?? '')
          .join(' | '),
      )
    : compared.type;
}

const deployment = (image: string, rest = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3${rest}
  template:
    spec:
      containers:
        - { name: web, image: ${image} }
        - { name: side, image: side:1 }
`;

describe('compareTexts', () => {
  it('tells values by where they are, and no change of form', () => {
    expect(told(deployment('web:1'), deployment('web:2'))).toEqual([
      'Deployment/web | spec.template.spec.containers[web].image | web:1 | web:2 | false',
    ]);
    expect(
      told(
        'b: [1, {name: x}]\na: "text" # why\n',
        '---\na: text\nb:\n- 1\n- name: x\n',
      ),
    ).toEqual([]);
    expect(told('a: 1\n', 'a: "1"\n')).toEqual([' | a | 1 | "1" | false']);
    expect(told('a: {}\nb: []\n', 'a: null\n')).toEqual([
      ' | a | {} | null | false',
      ' | b | [] |  | false',
    ]);
    expect(told('x.y: 1\n', 'x: { y: 1 }\n')).toEqual([
      ' | "x.y" | 1 |  | false',
      ' | x.y |  | 1 | false',
    ]);
    expect(told('a: &a [1]\nb: *a\n', 'a: [1]\nb: [1]\n')).toEqual([]);
  });

  it('matches objects by kind and name, whatever their order', () => {
    const one = 'kind: Service\nmetadata: {name: a}\nx: 1\n';
    const other = 'kind: Service\nmetadata: {name: b}\nx: 2\n';
    expect(told(`${one}---\n${other}`, `${other}---\n${one}`)).toEqual([]);
    expect(told(`${one}---\n${other}`, other)).toEqual([
      'Service/a |  | Service/a |  | false',
    ]);
    expect(
      told(
        'kind: Namespace\nmetadata: {name: shop}\n',
        'kind: Namespace\nmetadata: {name: shop-uat}\n',
      ),
    ).toEqual(['Namespace/shop | metadata.name | shop | shop-uat | true']);
  });

  it('expects what follows from names, clusters and namespaces, as whole words', () => {
    for (const [left, right, expected] of [
      ['shop', 'shop-uat', true],
      ['http://cart.shop.svc:80', 'http://cart.shop-uat.svc:80', true],
      // Only some of them: the registry's folder is called the same.
      ['hub/shop/x.shop', 'hub/shop/x.shop-uat', true],
      ['prod1.gd.example.org', 'uat.center.example.org', true],
      ['workshop', 'workshop-uat', false],
      ['shop', 'shop-qa', false],
      ['gd', 'uat', false],
      ['shop:1', 'shop-uat:2', false],
      ['', 'shop', false],
    ] as const) {
      expect([left, right, isExpected(left, right)]).toEqual([
        left,
        right,
        expected,
      ]);
    }
    const many = 'shop.'.repeat(90);
    expect(isExpected(many, many.replaceAll('shop', 'shop-uat'))).toBe(true);
    expect(isExpected(`${many}x`, many)).toBe(false);
    expect(expectedValues(prod, prod)('shop', 'shop-uat')).toBe(false);
  });

  it('looks first at what nobody expects, and not at everything', () => {
    const list = (value: string) =>
      Array.from({ length: 300 }, (_, i) => `k${i}: ${value}\n`).join('');
    const compared = compareTexts(
      `${list('shop')}last: 1\n`,
      `${list('shop-uat')}last: 2\n`,
      isExpected,
    );
    expect(compared).toMatchObject({ type: 'compared', more: 101 });
    expect(compared).toMatchObject({ differences: { 0: { path: 'last' } } });
  });

  it('says of broken and endless texts what they are', () => {
    expect(told('a: [', 'a: 1')).toBe('unparsable');
    const bomb = Array.from(
      { length: 30 },
      (_, i) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`,
    ).join('');
    expect(told(`a-1: &a-1 [x, y]\n${bomb}`, 'a: 1')).toBe('tooLarge');
    // One path, which is read as often as there are ways to it.
    const doubled = Array.from(
      { length: 40 },
      (_, i) => `a${i}: &a${i} {a: *a${i - 1}, a: *a${i - 1}}\n`,
    ).join('');
    expect(told(`a-1: &a-1 {a: 0, a: 0}\n${doubled}`, 'a: 1')).toBe('tooLarge');
    // Each of many documents, for itself, has few.
    const some = Array.from(
      { length: 4 },
      (_, i) => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(8)}]\n`,
    ).join('');
    const documents = Array(60).fill(`a-1: &a-1 [x]\n${some}`).join('---\n');
    expect(told(documents, 'a: 1')).toBe('tooLarge');
    // A key that stands in every path below it.
    const key = `? ${'k'.repeat(100_000)}\n: [${'0, '.repeat(1_000)}]\n`;
    expect(told(key, 'a: 1')).toBe('tooLarge');
    const deep = `${'a: {'.repeat(150)}${'}'.repeat(150)}`;
    expect(told(deep, 'a: 1')).toBe('tooLarge');
  });

  it('does not ask of each object whether it may be any of the others', () => {
    const objects = (prefix: string) =>
      Array.from(
        { length: 1_000 },
        (_, i) => `kind: Service\nmetadata: {name: ${prefix}${i}}\n`,
      ).join('---\n');
    let asked = 0;
    const compared = compareTexts(objects('a'), objects('b'), () => {
      asked += 1;
      return false;
    });
    expect(compared).toMatchObject({ type: 'compared', more: 1_800 });
    expect(asked).toBe(20_000);
    // Equal names need no asking, however many there are.
    asked = 0;
    expect(told(objects('a'), objects('a'))).toEqual([]);
    expect(
      told('a: 1\n---\n'.repeat(3_000), 'a: 1\n---\n'.repeat(3_000)),
    ).toEqual([]);
  });

  it('finds exactly the values that were changed', () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(fc.string({ maxLength: 8 }), fc.integer());
    const tree = fc.letrec(tie => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }),
        leaf,
        (content, value) => {
          const text = stringify(content);
          expect(told(text, stringify(content, { indent: 4 }), never)).toEqual(
            [],
          );
          const found = told(
            text,
            stringify({ ...content, changed: value }),
            never,
          );
          expect(found).toHaveLength('changed' in content ? found.length : 1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
