import type {
  ClusterPage,
  ConfigRepo,
  ConfigRepoPage,
  Environment,
  EnvironmentPage,
  ListClusters,
  ListConfigRepos,
  ListEnvironments,
  ListModules,
  ModulePage,
} from '../schema/openapi';
import type { EnvironmentRef } from '../permissions';

/**
 * @public
 */
export interface SlipwayRequestOptions {
  /** Bearer token, for callers whose `fetchApi` brings none. */
  token?: string;
  /** Gives up waiting for the answer. */
  signal?: AbortSignal;
}

/**
 * What Slipway's backend offers. Every method throws a `ResponseError` of `@backstage/errors` when the answer is not a success,
 * with the error of the backend as its `cause`.
 *
 * @public
 */
export interface SlipwayApi {
  /** The config repos of which the caller may read at least one environment, a page at a time. */
  listConfigRepos(
    query?: ListConfigRepos['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepoPage>;
  getConfigRepo(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepo>;
  /** Looks at the remote branch now, and answers when it has. */
  refreshConfigRepo(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<ConfigRepo>;
  /** Environments that the caller may read, a page at a time. A filter with several values takes any of them. */
  listEnvironments(
    query?: ListEnvironments['query'],
    options?: SlipwayRequestOptions,
  ): Promise<EnvironmentPage>;
  getEnvironment(
    ref: EnvironmentRef,
    options?: SlipwayRequestOptions,
  ): Promise<Environment>;
  /** Modules of one environment, each with its state on every target, a page at a time. */
  listModules(
    ref: EnvironmentRef,
    query?: ListModules['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ModulePage>;
  /** Configured clusters with their connection, a page at a time. */
  listClusters(
    query?: ListClusters['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ClusterPage>;
}
