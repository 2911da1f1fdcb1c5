import { readHistory } from './deployments';
import { readOperation } from './states';

const REPO = 'https://git.example/ops/shop.git';
const CHARTS = 'https://charts.example';
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const C = 'c'.repeat(40);
const source = { repoURL: REPO, path: './cart/', targetRevision: 'main' };
const cart = { repoUrl: REPO, path: 'cart', targetRevision: 'main' };
const entry = (id: unknown, more: object) => ({
  id,
  deployStartedAt: `2026-01-0${id}T00:00:00Z`,
  deployedAt: `2026-01-0${id}T00:00:09Z`,
  initiatedBy: { automated: true },
  ...more,
});

const defined = (value: unknown) => JSON.parse(JSON.stringify(value ?? []));

describe('readHistory', () => {
  it.each<[string, object, unknown]>([
    ['none', { spec: { source }, status: {} }, []],
    [
      'oldest first, whatever the order, with who asked for it',
      {
        spec: { source },
        status: {
          history: [
            entry(3, { revision: B, source }),
            entry(2, {
              revision: A,
              source: { ...source, path: 'old/cart' },
              initiatedBy: { username: 'ann' },
            }),
          ],
        },
      },
      [
        {
          startedAt: '2026-01-02T00:00:00Z',
          deployedAt: '2026-01-02T00:00:09Z',
          initiatedBy: 'ann',
          sources: [{ ...cart, path: 'old/cart', revision: A }],
        },
        {
          startedAt: '2026-01-03T00:00:00Z',
          deployedAt: '2026-01-03T00:00:09Z',
          sources: [{ ...cart, revision: B }],
        },
      ],
    ],
    [
      'several sources, with an empty one beside them',
      {
        spec: { sources: [{ repoURL: CHARTS, chart: 'redis' }, source] },
        status: {
          history: [
            entry(1, {
              revision: '',
              revisions: ['7.2.1', A, A],
              source: { repoURL: '' },
              sources: [
                { repoURL: CHARTS, chart: 'redis', targetRevision: '7.*' },
                source,
                { repoURL: REPO, ref: 'values', targetRevision: 'main' },
              ],
            }),
          ],
        },
      },
      [
        {
          startedAt: '2026-01-01T00:00:00Z',
          deployedAt: '2026-01-01T00:00:09Z',
          sources: [
            { repoUrl: CHARTS, targetRevision: '7.*', revision: '7.2.1' },
            { ...cart, revision: A },
            { repoUrl: REPO, targetRevision: 'main', revision: A },
          ],
        },
      ],
    ],
    [
      'an old release: neither source nor start',
      {
        spec: { source },
        status: {
          history: [{ id: 0, revision: A, deployedAt: '2020-01-01T00:00:00Z' }],
        },
      },
      [
        {
          deployedAt: '2020-01-01T00:00:00Z',
          sources: [{ ...cart, revision: A }],
        },
      ],
    ],
    [
      'hydrated: the dry commit where it is known',
      {
        spec: { sourceHydrator: { drySource: source } },
        status: {
          sourceHydrator: {
            lastSuccessfulOperation: { drySHA: A, hydratedSHA: C },
          },
          history: [entry(1, { revision: B }), entry(2, { revision: C })],
        },
      },
      [{ sources: [cart] }, { sources: [{ ...cart, revision: A }] }],
    ],
    [
      'what cannot be read',
      {
        spec: { sources: [source, source] },
        status: {
          history: [
            null,
            7,
            {},
            entry('x', { revision: A, source }),
            entry(1, { revision: A, source, deployedAt: 7 }),
            entry(2, { revision: A }),
            entry(3, { revisions: {}, source }),
          ],
        },
      },
      [],
    ],
  ])('%s', (_, application, expected) => {
    expect(defined(readHistory({ ...application }))).toMatchObject(
      expected as object,
    );
    expect(defined(readHistory({ ...application }))).toHaveLength(
      (expected as unknown[]).length,
    );
  });

  it('is bounded', () => {
    const history = Array.from({ length: 200 }, (_, id) => ({
      ...entry(1, { revision: A, source }),
      id,
      initiatedBy: { username: String(id) },
    }));
    const read = readHistory({ spec: { source }, status: { history } });
    expect(read).toHaveLength(50);
    expect(read?.at(-1)?.initiatedBy).toBe('199');
  });
});

it('says what an operation delivers, and that it only tries', () => {
  const operationState = {
    phase: 'Failed',
    startedAt: '2026-01-01T00:00:00Z',
    operation: { sync: { dryRun: true } },
    syncResult: { revisions: [A, B], sources: [source, { repoURL: CHARTS }] },
  };
  expect(
    defined(readOperation({ spec: { source }, status: { operationState } })),
  ).toMatchObject({
    dryRun: true,
    sources: [
      { ...cart, revision: A },
      { repoUrl: CHARTS, revision: B },
    ],
  });
});
