import type {
  Cluster,
  ClusterPage,
  ConfigRepo,
  ConfigRepoPage,
  Environment,
  EnvironmentComparison,
  EnvironmentPage,
  ListClusters,
  ListConfigRepos,
  ListEnvironments,
  ListModules,
  ModulePage,
  Blame,
  Change,
  ChangePage,
  ChangePlan,
  ChangeRequest,
  CommitPage,
  DeploymentPage,
  Diff,
  FileContent,
  FileMatches,
  FilePage,
  FindModules,
  FoundModulePage,
  GetDiff,
  KindSchema,
  ListChanges,
  ListFiles,
  ListHistory,
  ListModuleDeployments,
  GetModuleLive,
  ListModuleResources,
  ModuleDetails,
  ModuleLive,
  ModuleOperation,
  ModuleOperationResult,
  ModuleResourcePage,
  ReadFile,
  SavedCopyRulesList,
  SearchFiles,
} from '../schema/openapi';
import type { EnvironmentRef } from '../permissions';

/**
 * Names one module of one environment.
 *
 * @public
 */
export interface ModuleRefInEnvironment extends EnvironmentRef {
  module: string;
}

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
  /** Rewrite rules of copies that are saved in the config repo. */
  listCopyRules(
    configRepo: string,
    options?: SlipwayRequestOptions,
  ): Promise<SavedCopyRulesList>;
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
  /** What differs between an environment and another of the same config repo, value by value, secret values masked. */
  compareEnvironments(
    ref: EnvironmentRef & { other: string },
    options?: SlipwayRequestOptions,
  ): Promise<EnvironmentComparison>;
  /** Modules of one environment, each with its state on every target, a page at a time. */
  listModules(
    ref: EnvironmentRef,
    query?: ListModules['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ModulePage>;
  getCluster(
    cluster: string,
    options?: SlipwayRequestOptions,
  ): Promise<Cluster>;
  /** Configured clusters with their connection, a page at a time. */
  listClusters(
    query?: ListClusters['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ClusterPage>;
  /** Modules of all environments in scope, a page at a time. A filter with several values takes any of them. */
  findModules(
    query?: FindModules['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FoundModulePage>;
  getModule(
    ref: ModuleRefInEnvironment,
    options?: SlipwayRequestOptions,
  ): Promise<ModuleDetails>;
  /** The engine's last sync result merged with its present resources, a page at a time. */
  listModuleResources(
    ref: ModuleRefInEnvironment,
    query?: ListModuleResources['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ModuleResourcePage>;
  /** What landed in a module, newest first. */
  listModuleDeployments(
    ref: ModuleRefInEnvironment,
    query?: ListModuleDeployments['query'],
    options?: SlipwayRequestOptions,
  ): Promise<DeploymentPage>;
  /** What the cluster has of a module against what Git declares, and so what a sync would do; Secret values masked. */
  getModuleLive(
    ref: ModuleRefInEnvironment,
    query?: GetModuleLive['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ModuleLive>;
  /** Asks the sync engine to refresh, to sync, or to stop the sync that runs. */
  operateModule(
    ref: ModuleRefInEnvironment,
    operation: ModuleOperation,
    options?: SlipwayRequestOptions,
  ): Promise<ModuleOperationResult>;
  /** Files of the modules in scope at the branch head, a page at a time. */
  listFiles(
    query?: ListFiles['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FilePage>;
  /** Lines that contain a text. Masked values are never searched. */
  searchFiles(
    query: SearchFiles['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FileMatches>;
  /** A file with its secret values masked. */
  readFile(
    configRepo: string,
    query: ReadFile['query'],
    options?: SlipwayRequestOptions,
  ): Promise<FileContent>;
  /** Commits that changed what is at a path, newest first. */
  listHistory(
    configRepo: string,
    query: ListHistory['query'],
    options?: SlipwayRequestOptions,
  ): Promise<CommitPage>;
  /** For each line of a file the commit that last changed it. */
  blameFile(
    configRepo: string,
    query: ReadFile['query'],
    options?: SlipwayRequestOptions,
  ): Promise<Blame>;
  /** What differs at a path between two revisions, or between two paths. */
  getDiff(
    configRepo: string,
    query: GetDiff['query'],
    options?: SlipwayRequestOptions,
  ): Promise<Diff>;
  /** What a change would do; changes nothing. */
  planChange(
    configRepo: string,
    request: ChangeRequest,
    options?: SlipwayRequestOptions,
  ): Promise<ChangePlan>;
  /** Plans, gates and pushes a change as one commit, or none. */
  createChange(
    configRepo: string,
    request: ChangeRequest,
    options?: SlipwayRequestOptions,
  ): Promise<Change>;
  /** Changes of environments that the caller may read, newest first, a page at a time. */
  listChanges(
    query?: ListChanges['query'],
    options?: SlipwayRequestOptions,
  ): Promise<ChangePage>;
  getChange(change: number, options?: SlipwayRequestOptions): Promise<Change>;
  getChangeDiff(change: number, options?: SlipwayRequestOptions): Promise<Diff>;
  /** The JSON schema of one kind as a cluster serves it. */
  getClusterSchema(
    cluster: string,
    query: { apiVersion: string; kind: string },
    options?: SlipwayRequestOptions,
  ): Promise<KindSchema>;
}
