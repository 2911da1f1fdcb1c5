import { InputError, ResponseError } from '@backstage/errors';
import crossFetch from 'cross-fetch';
import {
  DefaultApiClient,
  type Blame,
  type Change,
  type ChangePage,
  type ChangePlan,
  type ChangeRequest,
  type CommitPage,
  type DeploymentPage,
  type Diff,
  type FileContent,
  type FileMatches,
  type FilePage,
  type FindModules,
  type FoundModulePage,
  type GetDiff,
  type GetModuleLive,
  type KindSchema,
  type ListChanges,
  type ListFiles,
  type ListHistory,
  type ListModuleDeployments,
  type ListModuleResources,
  type ModuleDetails,
  type ModuleLive,
  type ModuleOperation,
  type ModuleOperationResult,
  type ModuleResourcePage,
  type ReadFile,
  type SavedCopyRulesList,
  type SearchFiles,
  type Cluster,
  type ClusterPage,
  type ConfigRepo,
  type ConfigRepoPage,
  type Environment,
  type EnvironmentComparison,
  type EnvironmentPage,
  type ListClusters,
  type ListConfigRepos,
  type ListEnvironments,
  type ListModules,
  type ModulePage,
  type TypedResponse,
} from '../schema/openapi';
import type { EnvironmentRef } from '../permissions';
import type {
  ModuleRefInEnvironment,
  SlipwayApi,
  SlipwayRequestOptions,
} from './types';

/** An answer of the generated client, which has the type of a success whatever the status. */
type Call<T> = (
  client: DefaultApiClient,
  options: { token?: string },
) => Promise<TypedResponse<T>>;

/**
 * Talks to Slipway's backend.
 *
 * @public
 */
export class SlipwayClient implements SlipwayApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  private constructor(
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> },
    fetchFunction: typeof fetch,
  ) {
    this.#discoveryApi = discoveryApi;
    this.#fetch = fetchFunction;
  }

  /**
   * @param options - the frontend's `discoveryApi` and `fetchApi`, or a backend's `discovery`
   */
  static create(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }): SlipwayClient {
    const { discoveryApi, fetchApi } = options;
    return new SlipwayClient(
      discoveryApi,
      fetchApi ? (input, init) => fetchApi.fetch(input, init) : crossFetch,
    );
  }

  async listConfigRepos(
    query: ListConfigRepos['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepoPage> {
    return this.#call(options, (client, rest) =>
      client.listConfigRepos({ query }, rest),
    );
  }

  async getConfigRepo(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepo> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.getConfigRepo({ path }, rest),
    );
  }

  async listCopyRules(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<SavedCopyRulesList> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.listCopyRules({ path }, rest),
    );
  }

  async refreshConfigRepo(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepo> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.refreshConfigRepo({ path }, rest),
    );
  }

  async listEnvironments(
    query: ListEnvironments['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<EnvironmentPage> {
    return this.#call(options, (client, rest) =>
      client.listEnvironments({ query }, rest),
    );
  }

  async getEnvironment(
    ref: EnvironmentRef,
    options?: SlipwayRequestOptions,
  ): Promise<Environment> {
    const path = segments(ref);
    return this.#call(options, (client, rest) =>
      client.getEnvironment({ path }, rest),
    );
  }

  async compareEnvironments(
    ref: EnvironmentRef & { other: string },
    options?: SlipwayRequestOptions,
  ): Promise<EnvironmentComparison> {
    const path = segments(ref);
    const query = { other: ref.other };
    return this.#call(options, (client, rest) =>
      client.compareEnvironments({ path, query }, rest),
    );
  }

  async listModules(
    ref: EnvironmentRef,
    query: ListModules['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ModulePage> {
    const path = segments(ref);
    return this.#call(options, (client, rest) =>
      client.listModules({ path, query }, rest),
    );
  }

  async getCluster(
    cluster: string,
    options?: SlipwayRequestOptions,
  ): Promise<Cluster> {
    const path = { cluster: segment(cluster) };
    return this.#call(options, (client, rest) =>
      client.getCluster({ path }, rest),
    );
  }

  async listClusters(
    query: ListClusters['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ClusterPage> {
    return this.#call(options, (client, rest) =>
      client.listClusters({ query }, rest),
    );
  }

  async findModules(
    query: FindModules['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<FoundModulePage> {
    return this.#call(options, (client, rest) =>
      client.findModules({ query }, rest),
    );
  }

  async getModule(
    ref: ModuleRefInEnvironment,
    options?: SlipwayRequestOptions,
  ): Promise<ModuleDetails> {
    const path = moduleSegments(ref);
    return this.#call(options, (client, rest) =>
      client.getModule({ path }, rest),
    );
  }

  async listModuleResources(
    ref: ModuleRefInEnvironment,
    query: ListModuleResources['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ModuleResourcePage> {
    const path = moduleSegments(ref);
    return this.#call(options, (client, rest) =>
      client.listModuleResources({ path, query }, rest),
    );
  }

  async listModuleDeployments(
    ref: ModuleRefInEnvironment,
    query: ListModuleDeployments['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<DeploymentPage> {
    const path = moduleSegments(ref);
    return this.#call(options, (client, rest) =>
      client.listModuleDeployments({ path, query }, rest),
    );
  }

  async getModuleLive(
    ref: ModuleRefInEnvironment,
    query: GetModuleLive['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ModuleLive> {
    const path = moduleSegments(ref);
    return this.#call(options, (client, rest) =>
      client.getModuleLive({ path, query }, rest),
    );
  }

  async operateModule(
    ref: ModuleRefInEnvironment,
    operation: ModuleOperation,
    options?: SlipwayRequestOptions,
  ): Promise<ModuleOperationResult> {
    const path = moduleSegments(ref);
    return this.#call(options, (client, rest) =>
      client.operateModule({ path, body: operation }, rest),
    );
  }

  async listFiles(
    query: ListFiles['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<FilePage> {
    return this.#call(options, (client, rest) =>
      client.listFiles({ query }, rest),
    );
  }

  async searchFiles(
    query: SearchFiles['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FileMatches> {
    return this.#call(options, (client, rest) =>
      client.searchFiles({ query }, rest),
    );
  }

  async readFile(
    configRepo: string,
    query: ReadFile['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FileContent> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.readFile({ path, query }, rest),
    );
  }

  async listHistory(
    configRepo: string,
    query: ListHistory['query'],
    options?: SlipwayRequestOptions,
  ): Promise<CommitPage> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.listHistory({ path, query }, rest),
    );
  }

  async blameFile(
    configRepo: string,
    query: ReadFile['query'],
    options?: SlipwayRequestOptions,
  ): Promise<Blame> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.blameFile({ path, query }, rest),
    );
  }

  async getDiff(
    configRepo: string,
    query: GetDiff['query'],
    options?: SlipwayRequestOptions,
  ): Promise<Diff> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.getDiff({ path, query }, rest),
    );
  }

  async planChange(
    configRepo: string,
    request: ChangeRequest,
    options?: SlipwayRequestOptions,
  ): Promise<ChangePlan> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.planChange({ path, body: request }, rest),
    );
  }

  async createChange(
    configRepo: string,
    request: ChangeRequest,
    options?: SlipwayRequestOptions,
  ): Promise<Change> {
    const path = { configRepo: segment(configRepo) };
    return this.#call(options, (client, rest) =>
      client.createChange({ path, body: request }, rest),
    );
  }

  async listChanges(
    query: ListChanges['query'] = {},
    options?: SlipwayRequestOptions,
  ): Promise<ChangePage> {
    return this.#call(options, (client, rest) =>
      client.listChanges({ query }, rest),
    );
  }

  async getChange(
    change: number,
    options?: SlipwayRequestOptions,
  ): Promise<Change> {
    return this.#call(options, (client, rest) =>
      client.getChange({ path: { change } }, rest),
    );
  }

  async getChangeDiff(
    change: number,
    options?: SlipwayRequestOptions,
  ): Promise<Diff> {
    return this.#call(options, (client, rest) =>
      client.getChangeDiff({ path: { change } }, rest),
    );
  }

  async getClusterSchema(
    cluster: string,
    query: { apiVersion: string; kind: string },
    options?: SlipwayRequestOptions,
  ): Promise<KindSchema> {
    const path = { cluster: segment(cluster) };
    return this.#call(options, (client, rest) =>
      client.getClusterSchema({ path, query }, rest),
    );
  }

  async #call<T>(
    options: SlipwayRequestOptions | undefined,
    call: Call<T>,
  ): Promise<T> {
    const { signal, token } = options ?? {};
    // The generated client knows no signal, so that it is put where it fetches.
    const client = new DefaultApiClient({
      discoveryApi: this.#discoveryApi,
      fetchApi: {
        fetch: (input, init) =>
          this.#fetch(input, signal ? { ...init, signal } : init),
      },
    });
    const response = await call(client, { token });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}

/** Encoding leaves dots alone, and every URL parser then takes `..` for the way up: to another route. */
function segment(name: string): string {
  if (name === '' || name === '.' || name === '..') {
    throw new InputError(`'${name}' names no config repo and no environment.`);
  }
  return name;
}

function segments(ref: EnvironmentRef): EnvironmentRef {
  return {
    configRepo: segment(ref.configRepo),
    environment: segment(ref.environment),
  };
}

function moduleSegments(ref: ModuleRefInEnvironment): ModuleRefInEnvironment {
  return { ...segments(ref), module: segment(ref.module) };
}
