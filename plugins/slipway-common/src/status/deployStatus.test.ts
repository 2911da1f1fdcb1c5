import type { ModuleState, ModuleStateOperation } from '../schema/openapi';
import {
  deployStatus,
  type DeployStatusInput,
  type DeployStatusModule,
} from './deployStatus';

type Overrides = Partial<ModuleState> & {
  operation?: ModuleStateOperation;
};

function stateWith(overrides: Overrides = {}): ModuleState {
  return {
    cluster: 'gd',
    namespace: 'shop',
    health: { state: 'Healthy' },
    sync: { state: 'Synced' },
    fileSync: { state: 'Current' },
    stale: false,
    engineObjects: [],
    ...overrides,
  };
}

function moduleWith(name: string, overrides?: Overrides): DeployStatusModule {
  return { name, states: [stateWith(overrides)] };
}

const CONNECTED = {
  cluster: 'gd',
  connection: 'Connected',
  asOf: '2026-01-01T00:00:00Z',
} as const;

/** One condition each, in the order in which they count, and what it alone makes of an environment that is deployed otherwise. */
const conditions: Array<{
  name: string;
  state: string;
  reason: { code: string; params?: Record<string, string> } | undefined;
  since?: string;
  add: (input: DeployStatusInput) => DeployStatusInput;
}> = [
  {
    name: 'a target cannot be reached',
    state: 'Unknown',
    reason: {
      code: 'clusterUnreachable',
      params: { cluster: 'xj', count: '1' },
    },
    since: '2026-01-02T00:00:00Z',
    add: withTarget({
      cluster: 'xj',
      connection: 'Unreachable',
      asOf: '2026-01-02T00:00:00Z',
    }),
  },
  {
    name: 'a target was never heard',
    state: 'Unknown',
    reason: {
      code: 'clusterConnecting',
      params: { cluster: 'new', count: '1' },
    },
    add: withTarget({ cluster: 'new', connection: 'Connecting' }),
  },
  {
    name: 'a last operation failed',
    state: 'Failed',
    reason: {
      code: 'operationFailed',
      params: {
        module: 'failed',
        cluster: 'gd',
        message: 'field is immutable',
        count: '1',
      },
    },
    since: '2026-01-03T00:00:00Z',
    add: withModule('failed', {
      operation: {
        phase: 'Failed',
        message: 'field is immutable',
        finishedAt: '2026-01-03T00:00:00Z',
      },
    }),
  },
  {
    name: 'an operation runs',
    state: 'Deploying',
    reason: { code: 'operationRunning' },
    since: '2026-01-04T00:00:00Z',
    add: withModule('running', {
      operation: { phase: 'Running', startedAt: '2026-01-04T00:00:00Z' },
    }),
  },
  {
    name: 'a module is Progressing',
    state: 'Deploying',
    reason: { code: 'modulesProgressing' },
    since: '2026-01-05T00:00:00Z',
    add: withModule('progressing', {
      health: { state: 'Progressing', since: '2026-01-05T00:00:00Z' },
    }),
  },
  {
    name: 'a module has no engine object',
    state: 'PartlyDeployed',
    reason: {
      code: 'engineObjectMissing',
      params: { module: 'missing', file: 'apps/missing.yaml', count: '1' },
    },
    add: input => ({
      ...input,
      modules: [
        ...input.modules,
        {
          name: 'missing',
          states: [],
          missingEngineObject: 'apps/missing.yaml',
        },
      ],
    }),
  },
  {
    name: 'a module is not deployed',
    state: 'PartlyDeployed',
    reason: { code: 'notDeployed', params: { modules: 'waiting', count: '1' } },
    add: withModule('waiting', {
      fileSync: { state: 'NotDeployed' },
      sync: { state: 'OutOfSync' },
    }),
  },
  {
    name: 'a module is out of sync',
    state: 'PartlyDeployed',
    reason: { code: 'notSynced', params: { modules: 'drifted', count: '1' } },
    add: withModule('drifted', { sync: { state: 'OutOfSync' } }),
  },
  {
    name: 'a module runs what the branch does not know',
    state: 'PartlyDeployed',
    reason: { code: 'diverged', params: { modules: 'diverged', count: '1' } },
    add: withModule('diverged', { fileSync: { state: 'Diverged' } }),
  },
  {
    name: 'a module is behind',
    state: 'PartlyDeployed',
    reason: { code: 'behind', params: { modules: 'behind', count: '1' } },
    add: withModule('behind', { fileSync: { state: 'Behind', commits: 2 } }),
  },
  {
    name: 'the engine could not compare',
    state: 'PartlyDeployed',
    reason: { code: 'syncUnknown', params: { modules: 'broken', count: '1' } },
    add: withModule('broken', {
      sync: { state: 'Unknown' },
      health: { state: 'Unknown' },
    }),
  },
  {
    name: 'the applied revision is not known',
    state: 'PartlyDeployed',
    reason: {
      code: 'fileSyncUnknown',
      params: { modules: 'unread', count: '1' },
    },
    add: withModule('unread', { fileSync: { state: 'Unknown' } }),
  },
  {
    name: 'health alone is bad',
    state: 'Deployed',
    reason: undefined,
    add: withModule('degraded', { health: { state: 'Degraded' } }),
  },
];

function withTarget(target: DeployStatusInput['targets'][number]) {
  return (input: DeployStatusInput): DeployStatusInput => ({
    ...input,
    targets: [...input.targets, target],
  });
}

function withModule(name: string, overrides: Overrides) {
  return (input: DeployStatusInput): DeployStatusInput => ({
    ...input,
    modules: [...input.modules, moduleWith(name, overrides)],
  });
}

const deployedInput: DeployStatusInput = {
  targets: [CONNECTED],
  modules: [moduleWith('cart'), moduleWith('web')],
};

describe('deployStatus', () => {
  it.each(conditions)(
    'is $state when $name',
    ({ add, state, reason, since }) => {
      const result = deployStatus(add(deployedInput));
      expect(result.state).toBe(state);
      expect(result.since).toBe(since);
      expect(result.reason?.code).toBe(reason?.code);
      expect(result.reason?.params ?? {}).toMatchObject(reason?.params ?? {});
    },
  );

  const pairs = conditions.flatMap((first, index) =>
    conditions.slice(index).map(second => ({ first, second })),
  );
  it.each(pairs)(
    'when $first.name and $second.name, the first counts',
    ({ first, second }) => {
      for (const input of [
        second.add(first.add(deployedInput)),
        first.add(second.add(deployedInput)),
      ]) {
        const result = deployStatus(input);
        expect(result.state).toBe(first.state);
        expect(result.reason?.code).toBe(first.reason?.code);
      }
    },
  );

  it('is Deployed since the last operation ended, when every module is Synced and Current', () => {
    expect(deployStatus(deployedInput)).toEqual({ state: 'Deployed' });
    const ended = (finishedAt: string) =>
      moduleWith(finishedAt, { operation: { phase: 'Succeeded', finishedAt } });
    expect(
      deployStatus({
        ...deployedInput,
        modules: [
          ended('2026-01-02T00:00:00Z'),
          ended('2026-01-03T01:00:00+02:00'),
          ended('2026-01-02T22:00:00.5Z'),
        ],
      }),
    ).toEqual({ state: 'Deployed', since: '2026-01-03T01:00:00+02:00' });
  });

  it('is Not deployed when nothing is, and says what is missing', () => {
    const targets = [CONNECTED];
    expect(deployStatus({ targets: [], modules: [] })).toEqual({
      state: 'NotDeployed',
      reason: { code: 'noModules', params: {} },
    });
    const nowhere = moduleWith('cart', {
      fileSync: { state: 'NotDeployed' },
      sync: { state: 'OutOfSync' },
      health: { state: 'Missing' },
    });
    expect(deployStatus({ targets, modules: [nowhere] })).toEqual({
      state: 'NotDeployed',
      reason: {
        code: 'notDeployed',
        params: { modules: 'cart', count: '1', total: '1' },
      },
    });
    const modules = ['a', 'b', 'c', 'd'].map(name => ({
      name,
      states: [],
      missingEngineObject: `apps/${name}.yaml`,
    }));
    expect(deployStatus({ targets, modules: [nowhere, ...modules] })).toEqual({
      state: 'NotDeployed',
      reason: {
        code: 'engineObjectMissing',
        params: { module: 'a', file: 'apps/a.yaml', count: '4', total: '5' },
      },
    });
    expect(
      deployStatus({ targets, modules: [{ name: 'a', states: [] }] }).state,
    ).toBe('NotDeployed');
  });

  it('counts over targets: one that is not deployed makes it partly', () => {
    const states = [
      stateWith(),
      stateWith({ cluster: 'xj', fileSync: { state: 'NotDeployed' } }),
    ];
    const result = deployStatus({
      targets: [CONNECTED, { ...CONNECTED, cluster: 'xj' }],
      modules: [{ name: 'cart', states }],
    });
    expect(result).toMatchObject({
      state: 'PartlyDeployed',
      reason: { code: 'notDeployed', params: { modules: 'cart' } },
    });
  });

  it('says how far it is: what neither runs nor waits is done', () => {
    const input = {
      targets: [CONNECTED],
      modules: [
        moduleWith('done'),
        moduleWith('runs', { operation: { phase: 'Running' } }),
        moduleWith('ends', { operation: { phase: 'Terminating' } }),
        moduleWith('rolls', { health: { state: 'Progressing' } }),
        moduleWith('waits', { fileSync: { state: 'Behind', commits: 1 } }),
      ],
    };
    expect(deployStatus(input)).toEqual({
      state: 'Deploying',
      reason: { code: 'operationRunning', params: { done: '1', total: '5' } },
    });
  });

  it('names the failure that has been there for longest, and three modules at most', () => {
    const fails = (name: string, finishedAt?: string) =>
      moduleWith(name, { operation: { phase: 'Error', finishedAt } });
    expect(
      deployStatus({
        targets: [CONNECTED],
        modules: [
          fails('never'),
          fails('late', '2026-01-03T00:00:00Z'),
          fails('early', '2026-01-02T00:00:00Z'),
        ],
      }),
    ).toEqual({
      state: 'Failed',
      since: '2026-01-02T00:00:00Z',
      reason: {
        code: 'operationFailed',
        params: {
          module: 'early',
          cluster: 'gd',
          message: '',
          count: '3',
          total: '3',
        },
      },
    });
    const behind = ['a', 'b', 'c', 'd'].map(name =>
      moduleWith(name, { fileSync: { state: 'Behind' } }),
    );
    expect(
      deployStatus({ targets: [CONNECTED], modules: behind }).reason?.params,
    ).toEqual({ modules: 'a, b, c', count: '4', total: '4' });
  });

  it('stays what it was while a cluster that was heard before connects again', () => {
    const targets = [{ ...CONNECTED, connection: 'Connecting' as const }];
    expect(deployStatus({ ...deployedInput, targets }).state).toBe('Deployed');
  });
});
