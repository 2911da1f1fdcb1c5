import type {
  ChangeKind,
  ChangeState,
} from '@slipway/backstage-plugin-slipway-common';
import type { EnvironmentScope } from '../../environments/types';
import type { EnvironmentAccess } from '../../permissions';

/** To whom changes are shown. */
export interface ChangeReaders {
  /** Environments that they may read. */
  access: EnvironmentAccess;
  /** Entity ref of the person, who sees what they asked for. */
  author?: string;
}

/** What a person asked for; lists hold alternatives. */
export interface ChangeFilters {
  environments?: string[];
  modules?: string[];
  states?: ChangeState[];
  kinds?: ChangeKind[];
  /** In the message or the author. */
  search?: string;
}

export interface ListChangesOptions {
  scope: EnvironmentScope;
  author?: string;
  filters: ChangeFilters;
  cursor?: string;
  limit: number;
}

export interface ReadChangeQuestion extends ChangeReaders {
  id: number;
  signal?: AbortSignal;
}
