import { NotFoundError } from '@backstage/errors';
import type {
  Cluster,
  ConfigRepo,
  Environment,
  EnvironmentComparison,
  Finding,
  Module,
  ModuleDetails,
  ModuleLive,
  ModuleOperation,
  ModuleResource,
  SavedCopyRules,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import { createFakeChanges } from './fakeChanges';
import { createFakeFiles } from './fakeFiles';
import * as fixtures from './fixtures';

/** What the backend would know. Change it, and raise `sequence`, to play the world moving on. */
export interface World {
  sequence: number;
  environments: Environment[];
  configRepos: ConfigRepo[];
  clusters: Cluster[];
  modules: Module[];
  /** What is added to a module's own page, whichever module. */
  moduleDetails: Omit<ModuleDetails, 'module' | 'sequence'>;
  resources: ModuleResource[];
  /** Of any module. */
  live: ModuleLive['items'];
  findings: Finding[];
  /** Of pairs of environments, as each is asked for. */
  comparisons: EnvironmentComparison[];
  /** Of any config repo. */
  copyRules: SavedCopyRules[];
  /** Thrown instead of any comparison. */
  comparisonFailure?: Error;
  /** Thrown instead of any live state. */
  liveFailure?: Error;
  /** Thrown instead of any answer. */
  failure?: Error;
}

function offset(cursor: string | undefined): number {
  return Number(cursor ?? 0);
}

function matches(text: string, words: string | undefined): boolean {
  return text.toLocaleLowerCase().includes((words ?? '').toLocaleLowerCase());
}

function statesOf(resource: ModuleResource): string[] {
  const { health, hookPhase, status } = resource;
  return [status, health, hookPhase].filter(state => state !== undefined);
}

function countBy(values: string[]): { [value: string]: number } {
  const counts: { [value: string]: number } = {};
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** A backend in memory that filters and pages as the real one does. */
export class FakeSlipwayApi implements SlipwayApi {
  static create(world: Partial<World> = {}) {
    return new FakeSlipwayApi({
      sequence: 1,
      environments: fixtures.environments,
      configRepos: fixtures.configRepos,
      clusters: fixtures.clusters,
      modules: fixtures.modules,
      moduleDetails: fixtures.moduleDetails(),
      resources: fixtures.resources,
      live: [],
      findings: [],
      comparisons: [],
      copyRules: [],
      ...world,
    });
  }

  readonly world: World;
  /** Each call of `listEnvironments`, as it was asked. */
  readonly asked: Array<Parameters<SlipwayApi['listEnvironments']>[0]> = [];
  readonly refreshed: string[] = [];
  readonly files = createFakeFiles();
  readonly changes = createFakeChanges();
  /** Clusters whose live state was asked for, in turn; empty for all. */
  readonly liveAsked: string[] = [];
  /** What the sync engine was asked, in turn. */
  readonly operations: ModuleOperation[] = [];

  private constructor(world: World) {
    this.world = world;
  }

  listEnvironments: SlipwayApi['listEnvironments'] = async (query = {}) => {
    this.asked.push(query);
    this.#failIfTold();
    const { configRepo, cursor, limit = 50, managed, onCluster } = query;
    const inScope = this.world.environments.filter(
      environment =>
        (!configRepo || configRepo.includes(environment.configRepo)) &&
        (!onCluster ||
          environment.targets.some(({ cluster }) => cluster === onCluster)),
    );
    const found = inScope.filter(
      environment =>
        (managed === undefined || environment.managed === managed) &&
        matches(
          `${environment.name} ${environment.title} ${environment.path}`,
          query.search,
        ) &&
        (!query.stage || query.stage.includes(environment.stage ?? '')) &&
        (!query.cluster ||
          environment.targets.some(({ cluster }) =>
            query.cluster?.includes(cluster),
          )) &&
        (!query.deployStatus ||
          query.deployStatus.includes(environment.deployStatus.state)),
    );
    const ordered = query.order === 'desc' ? [...found].reverse() : found;
    const start = offset(cursor);
    const end = start + limit;
    const deployStatus: { [state: string]: number } = {};
    for (const environment of inScope) {
      const { state } = environment.deployStatus;
      deployStatus[state] = (deployStatus[state] ?? 0) + 1;
    }
    return {
      items: ordered.slice(start, end),
      nextCursor: end < ordered.length ? String(end) : undefined,
      total: ordered.length,
      managed: inScope.filter(environment => environment.managed).length,
      unmanaged: inScope.filter(environment => !environment.managed).length,
      configRepos: this.world.configRepos,
      facets: {
        stages: [
          ...new Set(inScope.flatMap(environment => environment.stage ?? [])),
        ],
        clusters: [
          ...new Map(
            inScope
              .flatMap(environment => environment.targets)
              .map(({ cluster, clusterTitle }) => [
                cluster,
                { name: cluster, title: clusterTitle },
              ]),
          ).values(),
        ],
        deployStatus,
      },
      findings: this.world.findings,
      sequence: this.world.sequence,
    };
  };

  getEnvironment: SlipwayApi['getEnvironment'] = async ref => {
    this.#failIfTold();
    const found = this.world.environments.find(
      environment =>
        environment.configRepo === ref.configRepo &&
        environment.name === ref.environment,
    );
    if (!found) {
      throw new NotFoundError(`No environment ${ref.environment}`);
    }
    return found;
  };

  compareEnvironments: SlipwayApi['compareEnvironments'] = async ({
    environment,
    other,
  }) => {
    this.#failIfTold();
    const { comparisonFailure, comparisons } = this.world;
    if (comparisonFailure) {
      throw comparisonFailure;
    }
    const found = comparisons.find(
      ({ left, right }) => left.name === environment && right.name === other,
    );
    if (!found) {
      throw new NotFoundError(`No environment ${other}`);
    }
    return found;
  };

  listModules: SlipwayApi['listModules'] = async () => {
    this.#failIfTold();
    const { modules, sequence } = this.world;
    return { items: modules, total: modules.length, sequence };
  };

  listConfigRepos: SlipwayApi['listConfigRepos'] = async () => {
    this.#failIfTold();
    const { configRepos, sequence } = this.world;
    return { items: configRepos, sequence };
  };

  getConfigRepo: SlipwayApi['getConfigRepo'] = async name => {
    this.#failIfTold();
    const found = this.world.configRepos.find(repo => repo.name === name);
    if (!found) {
      throw new NotFoundError(`No config repo ${name}`);
    }
    return found;
  };

  listCopyRules: SlipwayApi['listCopyRules'] = async () => {
    this.#failIfTold();
    const { copyRules, sequence } = this.world;
    return { items: copyRules, sequence };
  };

  refreshConfigRepo: SlipwayApi['refreshConfigRepo'] = async name => {
    this.refreshed.push(name);
    return this.getConfigRepo(name);
  };

  listClusters: SlipwayApi['listClusters'] = async () => {
    this.#failIfTold();
    const { clusters, sequence } = this.world;
    return { items: clusters, sequence };
  };

  getCluster: SlipwayApi['getCluster'] = async name => {
    this.#failIfTold();
    const found = this.world.clusters.find(cluster => cluster.name === name);
    if (!found) {
      throw new NotFoundError(`No cluster ${name}`);
    }
    return found;
  };

  findModules: SlipwayApi['findModules'] = async (query = {}) => {
    this.#failIfTold();
    const { environments, findings, modules, sequence } = this.world;
    const start = offset(query.cursor);
    const end = start + (query.limit ?? 50);
    return {
      items: modules.slice(start, end).map(module => {
        const environment = environments.find(
          ({ name }) => name === module.environment,
        );
        return {
          module,
          environmentTitle: environment?.title,
          stage: environment?.stage,
          managed: environment?.managed ?? false,
        };
      }),
      nextCursor: end < modules.length ? String(end) : undefined,
      total: modules.length,
      facets: { health: {}, sync: {}, fileSync: {}, environments: [] },
      findings,
      sequence,
    };
  };

  getModule: SlipwayApi['getModule'] = async ref => {
    this.#failIfTold();
    const { moduleDetails, modules, sequence } = this.world;
    const module = modules.find(
      ({ environment, name }) =>
        environment === ref.environment && name === ref.module,
    );
    if (!module) {
      throw new NotFoundError(`No module ${ref.module}`);
    }
    return { ...moduleDetails, module, sequence };
  };

  listModuleResources: SlipwayApi['listModuleResources'] = async (
    _ref,
    query = {},
  ) => {
    this.#failIfTold();
    const { resources, sequence } = this.world;
    const found = resources.filter(
      resource =>
        (!query.kind || query.kind.includes(resource.kind)) &&
        (!query.state ||
          statesOf(resource).some(state => query.state?.includes(state))) &&
        matches(
          `${resource.kind} ${resource.namespace} ${resource.name} ${resource.message}`,
          query.search,
        ),
    );
    const { sort } = query;
    if (sort && sort !== 'applied') {
      found.sort((a, b) => (a[sort] ?? '').localeCompare(b[sort] ?? ''));
    }
    if (query.order === 'desc') {
      found.reverse();
    }
    const start = offset(query.cursor);
    const end = start + (query.limit ?? 50);
    return {
      items: found.slice(start, end),
      nextCursor: end < found.length ? String(end) : undefined,
      total: found.length,
      facets: {
        kinds: countBy(resources.map(({ kind }) => kind)),
        states: countBy(resources.flatMap(statesOf)),
      },
      sequence,
    };
  };

  getModuleLive: SlipwayApi['getModuleLive'] = async (_ref, query = {}) => {
    this.#failIfTold();
    const { live, liveFailure, sequence } = this.world;
    this.liveAsked.push(query.cluster ?? '');
    if (liveFailure) {
      throw liveFailure;
    }
    const items = live.filter(
      ({ cluster }) => !query.cluster || cluster === query.cluster,
    );
    return { items, sequence };
  };

  operateModule: SlipwayApi['operateModule'] = async (_ref, operation) => {
    this.#failIfTold();
    this.operations.push(operation);
    const { engineObjects } = this.world.moduleDetails;
    return { engineObjects: engineObjects.map(({ ref }) => ref) };
  };

  listFiles: SlipwayApi['listFiles'] = (...asked) =>
    this.files.listFiles(...asked);
  searchFiles: SlipwayApi['searchFiles'] = (...asked) =>
    this.files.searchFiles(...asked);
  readFile: SlipwayApi['readFile'] = (...asked) =>
    this.files.readFile(...asked);
  listHistory: SlipwayApi['listHistory'] = (...asked) =>
    this.files.listHistory(...asked);
  blameFile: SlipwayApi['blameFile'] = (...asked) =>
    this.files.blameFile(...asked);
  getDiff: SlipwayApi['getDiff'] = (...asked) => this.files.getDiff(...asked);

  planChange: SlipwayApi['planChange'] = (...asked) =>
    this.changes.planChange(...asked);
  createChange: SlipwayApi['createChange'] = (...asked) =>
    this.changes.createChange(...asked);
  listChanges: SlipwayApi['listChanges'] = (...asked) =>
    this.changes.listChanges(...asked);
  getChange: SlipwayApi['getChange'] = (...asked) =>
    this.changes.getChange(...asked);
  getChangeDiff: SlipwayApi['getChangeDiff'] = (...asked) =>
    this.changes.getChangeDiff(...asked);
  listModuleDeployments: SlipwayApi['listModuleDeployments'] = (...asked) =>
    this.changes.listModuleDeployments(...asked);
  getClusterSchema: SlipwayApi['getClusterSchema'] = (...asked) =>
    this.changes.getClusterSchema(...asked);

  #failIfTold() {
    if (this.world.failure) {
      throw this.world.failure;
    }
  }
}
