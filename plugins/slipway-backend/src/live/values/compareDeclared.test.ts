import fc from 'fast-check';
import { compareDeclared } from './compareDeclared';

function compare(
  live: unknown,
  desired: unknown,
  options: { before?: unknown; builtin?: boolean } = {},
) {
  return compareDeclared({
    live,
    desired,
    before: options.before,
    builtin: options.builtin ?? true,
  }).map(one => [one.path, one.live, one.desired]);
}

const pod = (containers: object[]) => ({ spec: { containers } });

describe('compareDeclared', () => {
  it.each<[string, unknown, unknown, unknown[]]>([
    ['nothing', { spec: { replicas: 2 } }, { spec: { replicas: 2 } }, []],
    [
      'a value',
      { spec: { replicas: 5 } },
      { spec: { replicas: 2 } },
      [['spec.replicas', 5, 2]],
    ],
    [
      'not what others added',
      { spec: { replicas: 2, paused: true }, metadata: { labels: { a: 'b' } } },
      { spec: { replicas: 2 } },
      [],
    ],
    [
      'each value that is missing',
      { spec: {} },
      { spec: { template: { a: 1, b: { c: 2 } } } },
      [
        ['spec.template.a', undefined, 1],
        ['spec.template.b.c', undefined, 2],
      ],
    ],
    [
      'not what API servers forget',
      { spec: {} },
      { spec: { a: null, b: {}, c: false, d: '' }, status: {} },
      [],
    ],
    [
      'an empty text where texts are kept',
      { data: {} },
      { data: { greeting: '' } },
      [['data.greeting', undefined, '']],
    ],
    [
      'not how amounts are written',
      { resources: { limits: { cpu: '500m', memory: '1Gi' } } },
      { resources: { limits: { cpu: 0.5, memory: '1024Mi' } } },
      [],
    ],
    [
      'other amounts',
      { resources: { limits: { cpu: '500m' } } },
      { resources: { limits: { cpu: '600m' } } },
      [['resources.limits.cpu', '500m', '600m']],
    ],
    [
      'texts that only look like amounts',
      { data: { a: '1000m' } },
      { data: { a: '1' } },
      [['data.a', '1000m', '1']],
    ],
    [
      'items by name, in any order, without those that others added',
      pod([{ name: 'proxy' }, { name: 'web', image: 'b', ports: [] }]),
      pod([{ name: 'web', image: 'a' }]),
      [['spec.containers[web].image', 'b', 'a']],
    ],
    [
      'an item that is missing',
      pod([{ name: 'web' }]),
      pod([{ name: 'web' }, { name: 'log', image: 'a' }]),
      [['spec.containers[log]', undefined, { name: 'log', image: 'a' }]],
    ],
    [
      'lists of values as a whole, item by item',
      { args: ['a', 'c', 'd'] },
      { args: ['a', 'b'] },
      [
        ['args[1]', 'c', 'b'],
        ['args[2]', 'd', undefined],
      ],
    ],
    [
      'one kind of thing in place of another',
      { spec: { a: 'x', b: [1] } },
      { spec: { a: { b: 1 }, b: { c: 1 } } },
      [
        ['spec.a', 'x', { b: 1 }],
        ['spec.b', [1], { c: 1 }],
      ],
    ],
    [
      'keys with dots',
      { labels: {} },
      { labels: { 'a.b/c': 'd' } },
      [['labels."a.b/c"', undefined, 'd']],
    ],
  ])('tells %s', (_, live, desired, expected) => {
    expect(compare(live, desired)).toEqual(expected);
  });

  it('tells what was declared and no longer is, and nothing that never was', () => {
    const live = {
      metadata: { labels: { app: 'web', team: 'a', added: 'by hand' } },
      ...pod([{ name: 'web' }, { name: 'old' }, { name: 'injected' }]),
    };
    const before = {
      metadata: { labels: { app: 'web', team: 'a', gone: 'already' } },
      ...pod([{ name: 'web' }, { name: 'old' }]),
    };
    const desired = {
      metadata: { labels: { app: 'web' } },
      ...pod([{ name: 'web' }]),
    };
    expect(compare(live, desired, { before })).toEqual([
      ['metadata.labels.team', 'a', undefined],
      ['spec.containers[old]', { name: 'old' }, undefined],
    ]);
  });

  it('takes lists of kinds that it does not know as they are', () => {
    const live = { spec: { containers: [{ name: 'a' }, { name: 'b' }] } };
    const desired = { spec: { containers: [{ name: 'a' }] } };
    expect(compare(live, desired)).toEqual([]);
    expect(compare(live, desired, { builtin: false })).toEqual([
      ['spec.containers[b]', { name: 'b' }, undefined],
    ]);
  });

  it('finds nothing in what is, whatever else is added, and every value that is changed', () => {
    const key = fc.stringMatching(/^[a-z]{1,4}$/);
    const object = fc.dictionary(
      key,
      fc.letrec(tie => ({
        value: fc.oneof(
          { maxDepth: 3 },
          fc.integer(),
          fc.stringMatching(/^[a-z]{1,5}$/),
          fc.array(tie('value'), { maxLength: 3 }),
          fc.dictionary(key, tie('value'), { maxKeys: 3 }),
        ),
      })).value,
    );
    fc.assert(
      fc.property(object, key, fc.boolean(), (desired, extra, builtin) => {
        expect(compare(desired, desired, { builtin })).toEqual([]);
        const more = { ...desired, [`${extra}-more`]: 'added' };
        expect(compare(more, desired, { builtin })).toEqual([]);
        const changed = { ...desired, [`${extra}-own`]: 1 };
        expect(
          compare({ ...changed, [`${extra}-own`]: 2 }, changed, { builtin }),
        ).toEqual([[`${extra}-own`, 2, 1]]);
      }),
    );
  });
});
