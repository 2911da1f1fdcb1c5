import type {
  EngineDelivery,
  EngineObject,
} from '@slipway/backstage-plugin-slipway-node';
import {
  compareDeployments,
  type CompareDeploymentsOptions,
} from './compareDeployments';
import type { StoredDeployment } from './types';

const REPO = 'https://git.example/ops/shop.git';
const at = (minute: number) =>
  new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const delivery = (revision: string, path = ''): EngineDelivery => ({
  repoUrl: REPO,
  path,
  revision,
});

/** What each module is at each commit: at `c2` only `a` differs, and `c` is new at `c3`. */
const TREES: Record<string, Record<string, string>> = {
  c1: { a: 'a1', b: 'b1' },
  c2: { a: 'a2', b: 'b1' },
  c3: { a: 'a2', b: 'b1', c: 'c1' },
};

async function compare(
  object: Partial<EngineObject>,
  options: Partial<CompareDeploymentsOptions> & {
    modules?: string[];
    removed?: boolean;
  } = {},
) {
  const { modules = ['a', 'b', 'c'], removed = false, ...rest } = options;
  const found = await compareDeployments({
    carrying: {
      id: 'x',
      removed,
      object: {
        key: {
          engine: 'argocd',
          cluster: 'gd',
          namespace: 'argocd',
          name: 'all',
        },
        uid: '',
        resourceVersion: '1',
        sources: [{ repoUrl: REPO, path: '', recurse: true }],
        destination: { inCluster: true },
        health: { state: 'Healthy' },
        sync: { state: 'Synced' },
        conditions: [],
        images: ['i:1'],
        ...object,
      },
      modules: modules.map(module => ({
        environment: 'dev',
        module,
        path: module,
        target: { cluster: 'gd', namespace: 'shop' },
      })),
    },
    known: [],
    isThisRepo: ({ repoUrl }) => repoUrl === REPO,
    notBefore: at(0),
    revisionBefore: async () => undefined,
    objectAt: async (revision, path) => TREES[revision]?.[path],
    lastChange: async () => undefined,
    ...rest,
  });
  return {
    ...found,
    rows: found.added.map(
      ({ module, phase, revision, startedAt }) =>
        `${module} ${phase} ${revision} ${new Date(startedAt).getMinutes()}`,
    ),
  };
}

const history = (...entries: Array<[number, string, string?]>) =>
  entries.map(([minute, revision, path]) => ({
    startedAt: at(minute),
    deployedAt: at(minute),
    sources: [delivery(revision, path)],
  }));

describe('compareDeployments', () => {
  it.each<[string, Partial<EngineObject>, object, string[]]>([
    [
      'one that carries many brings what differs from before',
      {
        history: history([1, 'c1'], [2, 'c2'], [3, 'c3']),
        operation: {
          phase: 'Failed',
          startedAt: at(4),
          sources: [delivery('c2')],
        },
      },
      {},
      [
        'a Succeeded c1 1',
        'b Succeeded c1 1',
        'a Succeeded c2 2',
        'c Succeeded c3 3',
        'c Failed c2 4',
      ],
    ],
    [
      'one that found nothing new is about all that is there',
      { history: history([1, 'c2'], [2, 'c2']) },
      { modules: ['a', 'c', 'b'] },
      [
        'a Succeeded c2 1',
        'b Succeeded c2 1',
        'a Succeeded c2 2',
        'b Succeeded c2 2',
      ],
    ],
    [
      'what was delivered before may be known only from records',
      {
        operation: {
          phase: 'Succeeded',
          startedAt: at(4),
          sources: [delivery('c2')],
        },
      },
      { revisionBefore: async () => 'c1' },
      ['a Succeeded c2 4'],
    ],
    [
      'one that does not yet say what it brings waits, until it has ended',
      { operation: { phase: 'Running', startedAt: at(4) } },
      {},
      [],
    ],
    [
      'one that never said what it brought',
      { operation: { phase: 'Error', startedAt: at(4) } },
      {},
      ['a', 'b', 'c'].map(name => `${name} Error undefined 4`),
    ],
    [
      'a module of its own, whatever it brings',
      {
        history: history([1, 'c1'], [2, 'c1']),
        operation: { phase: 'Running', startedAt: at(4) },
      },
      { modules: ['b'] },
      ['b Succeeded c1 1', 'b Succeeded c1 2', 'b Running undefined 4'],
    ],
    [
      'what is too old, not begun, tried only, or of another place',
      {
        history: [
          ...history([-1, 'c1'], [1, 'c1', 'elsewhere']),
          {
            deployedAt: at(2),
            sources: [{ repoUrl: 'https://other.example', revision: 'c1' }],
          },
          { deployedAt: '0001-01-01T00:00:00Z', sources: [] },
          { deployedAt: 'yesterday', sources: [] },
        ],
        operation: { phase: 'Succeeded', startedAt: at(4), dryRun: true },
      },
      { modules: ['b'] },
      [],
    ],
  ])('%s', async (_, object, options, expected) => {
    expect((await compare(object, options)).rows).toEqual(expected);
  });

  it('follows what is recorded, and says when nobody saw its end', async () => {
    const row = (startedAt: string, phase: StoredDeployment['phase']) => ({
      id: 1,
      environment: 'dev',
      module: 'b',
      cluster: 'gd',
      namespace: 'shop',
      engineObjectId: 'x',
      engineObject: {
        engine: 'argocd',
        cluster: 'gd',
        namespace: 'argocd',
        name: 'all',
      },
      startedAt,
      phase,
    });
    const ended = {
      phase: 'Succeeded' as const,
      startedAt: at(4),
      message: 'ok',
    };
    const operation = { ...ended, sources: [delivery('c1')] };
    const modules = ['b'];
    const sources = [
      { repoUrl: REPO, path: '', recurse: true, comparedRevision: 'c1' },
    ];
    const known = [row(at(4), 'Running'), row(at(3), 'Terminating')];
    expect(
      await compare({ operation, sources }, { modules, known }),
    ).toMatchObject({
      added: [],
      updated: [
        { phase: 'Succeeded', message: 'ok', revision: 'c1', images: ['i:1'] },
        { startedAt: at(3), phase: 'Unknown' },
      ],
    });
    // The engine was asked for another one, which hides how the last one ended.
    const asked = { operation: { phase: 'Running' } } as const;
    expect((await compare(asked, { modules, known })).updated).toEqual([]);
    expect(
      (
        await compare(
          { operation: { phase: 'Running', startedAt: at(4) } },
          { modules, known, removed: true },
        )
      ).updated.map(({ phase }) => phase),
    ).toEqual(['Unknown', 'Unknown']);
    // What was seen says more than what the engine remembers of it.
    const seen = { ...row(at(4), 'Succeeded'), message: 'ok' };
    expect(
      await compare(
        { history: history([4, 'c1']) },
        { modules, known: [seen] },
      ),
    ).toEqual({ added: [], updated: [], rows: [] });
    // Another commit that changes nothing of it was not there then.
    const delivered = { ...seen, revision: 'c1', images: ['i:1'] };
    const renamed = { ...ended, sources: [delivery('c2')] };
    const { updated } = await compare(
      { operation: renamed },
      { modules, known: [delivered] },
    );
    expect(updated.every(({ revision }) => revision === 'c1')).toBe(true);
  });
});
