import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import type { Connections } from '../status/Connections';
import type { EngineLinks } from '../status/EngineLinks';
import type { FileSyncResolver } from '../status/FileSyncResolver';
import {
  projectEnvironment,
  type EnvironmentRecord,
} from '../status/projectEnvironment';
import type { EnvironmentModel } from '../status/types';
import type { RepoHead } from './RepoHead';

export interface EnvironmentProjectorOptions {
  links: EngineLinks;
  head: RepoHead;
  fileSync: FileSyncResolver;
  signal: AbortSignal;
}

/** Folds what Git and the engines say of environments, and remembers of which a further commit may tell more. */
export class EnvironmentProjector {
  readonly #options: EnvironmentProjectorOptions;
  readonly #uncertain = new Set<string>();

  private constructor(options: EnvironmentProjectorOptions) {
    this.#options = options;
  }

  static create(options: EnvironmentProjectorOptions): EnvironmentProjector {
    return new EnvironmentProjector(options);
  }

  /** Environments with modules of which it is not known whether the branch has what was applied. */
  get uncertain(): Iterable<string> {
    return this.#uncertain;
  }

  /** Call before all environments are projected: others may be gone. */
  begin(): void {
    this.#uncertain.clear();
  }

  async project(
    environment: EnvironmentModel,
    connections: Connections,
  ): Promise<EnvironmentRecord> {
    const { links, head, fileSync, signal } = this.#options;
    const { model } = head;
    const record = await projectEnvironment({
      environment,
      stages: model?.stages ?? [],
      carriersOf: module => links.carriers(environment.name, module.name),
      carriesOnly: carrier => links.carriesOne(carrier),
      lastChangeOf: path => head.lastChangeOf(path),
      fileSync: (module, appliedRevision) =>
        fileSync.resolve({
          module,
          head: model?.commit ?? '',
          appliedRevision,
          signal,
        }),
      connections,
    });
    if (record.modules.some(({ states }) => states.some(isUncertain))) {
      this.#uncertain.add(environment.name);
    } else {
      this.#uncertain.delete(environment.name);
    }
    return record;
  }
}

function isUncertain({ fileSync }: ModuleState): boolean {
  return fileSync.state === 'Unknown' || fileSync.state === 'Diverged';
}
