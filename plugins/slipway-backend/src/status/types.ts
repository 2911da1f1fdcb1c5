import type {
  CommitInfo,
  ConfigRepoFile,
  Finding,
  Layout,
  SavedCopyRules,
} from '@slipway/backstage-plugin-slipway-common';
import type { StoredEngineObject } from '../engineObjects';

/** What an engine said of one of its objects, without the list of resources. */
export type SeenEngineObject = StoredEngineObject['object'];

/** A module as Git has it at the branch head. */
export interface ModuleModel {
  name: string;
  /** Directory or file in the config repo. */
  path: string;
  /** Tree or blob id at the branch head; absent when it is declared but its files are not there. */
  objectId?: string;
  title?: string;
  description?: string;
  owner?: string;
  entityRef?: string;
  /** Where the engine's object for it is expected, when the config repo says so. */
  manifest?: string;
}

/** An environment as Git has it, or as engine objects tell of it where Git declares none. */
export interface EnvironmentModel {
  name: string;
  managed: boolean;
  title?: string;
  description?: string;
  stage?: string;
  path: string;
  owner?: string;
  /** Declared; an unmanaged environment's targets are those of its engine objects. */
  targets: Array<{ cluster: string; namespace: string }>;
  modules: ModuleModel[];
  /** Files found below its modules. */
  files?: number;
  findings: Finding[];
}

/** All that Git says about one config repo at one commit. */
export interface RepoModel {
  commit: string;
  head: CommitInfo;
  /** `.slipway/repo.yaml`, or the last one that could be read. */
  file?: ConfigRepoFile;
  title?: string;
  owner?: string;
  stages: string[];
  /** Where modules are; of the last repo.yaml that could be read. */
  layout: Layout;
  environments: EnvironmentModel[];
  /** Rewrite rules that are saved under a name, ordered by it. */
  copyRules: SavedCopyRules[];
  findings: Finding[];
  /** Whether the layout's `ignore` covers a path. */
  ignores: (path: string) => boolean;
  /** The same object for commits that have the same files at the same places, and differ in what is in them only. */
  structure: object;
}
