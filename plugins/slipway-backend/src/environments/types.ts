import type {
  DeployState,
  Environment,
  EnvironmentSort,
  SlipwayScope,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentAccess } from '../permissions';

/** Which environments a list is about, before the person filters it. */
export interface EnvironmentScope {
  access: EnvironmentAccess;
  /** Any of these; absent for all. */
  scopes?: SlipwayScope[];
  configRepos?: string[];
  /** That is among their targets. */
  cluster?: string;
}

export interface EnvironmentFilters {
  managed?: boolean;
  search?: string;
  stages?: string[];
  clusters?: string[];
  deployStates?: DeployState[];
}

export interface ListEnvironmentsOptions {
  scope: EnvironmentScope;
  filters: EnvironmentFilters;
  sort: EnvironmentSort;
  order: 'asc' | 'desc';
  cursor?: string;
  limit: number;
}

export interface EnvironmentList {
  items: Environment[];
  nextCursor?: string;
  total: number;
}

/** What there is in a scope, whatever the filters. */
export interface ScopeSummary {
  managed: number;
  unmanaged: number;
  configRepos: string[];
  stages: string[];
  clusters: string[];
  deployStates: Partial<Record<DeployState, number>>;
}

/** Environments as the read model has them. */
export interface EnvironmentStore {
  list(options: ListEnvironmentsOptions): Promise<EnvironmentList>;
  summarize(
    scope: EnvironmentScope,
    filters: Pick<EnvironmentFilters, 'managed'>,
  ): Promise<ScopeSummary>;
  get(id: {
    configRepo: string;
    environment: string;
  }): Promise<Environment | undefined>;
}
