import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import slipwayPlugin from '@slipway/backstage-plugin-slipway-backend';
import slipwayModuleArgoCd from '@slipway/backstage-plugin-slipway-backend-module-argocd';
import slipwayModuleFlux from '@slipway/backstage-plugin-slipway-backend-module-flux';
import type {
  Cluster,
  EngineObjectDetails,
  Module,
  ModuleLive,
  ModuleOperation,
  ModuleState,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { slipwayClient } from '../../__testUtils__/slipwayClient';
import { REPOSITORY } from './Subject';

/** A portal's backend, with one config repo and the clusters of all subjects. */
export class Portal {
  readonly #backend: TestBackend;
  readonly #folder: string;
  readonly #api: SlipwayApi;

  static async start(options: {
    git: string;
    clusters: JsonObject[];
    /** Further settings at the root. */
    config?: JsonObject;
    /** With what an earlier portal left; one of its own when absent. */
    knex?: Knex;
  }): Promise<Portal> {
    const { knex } = options;
    const folder = await mkdtemp(join(tmpdir(), 'slipway-portal-'));
    const backend = await startTestBackend({
      features: [
        slipwayPlugin,
        slipwayModuleArgoCd,
        slipwayModuleFlux,
        catalogServiceMock.factory({ entities: [] }),
        ...(knex ? [mockServices.database.factory({ knex })] : []),
        mockServices.rootConfig.factory({
          data: {
            ...options.config,
            backend: { baseUrl: 'http://localhost:7007' },
            slipway: {
              cacheDirectory: folder,
              configRepos: [
                {
                  name: REPOSITORY,
                  url: `${options.git}/${REPOSITORY}.git`,
                },
              ],
              clusters: options.clusters,
            },
          },
        }),
      ],
    });
    return new Portal(backend, folder);
  }

  private constructor(backend: TestBackend, folder: string) {
    this.#backend = backend;
    this.#folder = folder;
    this.#api = slipwayClient(backend.server.port());
  }

  /** Has it look at Git now. */
  async look(): Promise<void> {
    await this.#api.refreshConfigRepo(REPOSITORY);
  }

  /** What it shows of a module; undefined while it knows of none. */
  async module(
    environment: string,
    module: string,
  ): Promise<(Module & { state: ModuleState }) | undefined> {
    const ref = { configRepo: REPOSITORY, environment, module };
    const answer = await unlessAbsent(this.#api.getModule(ref));
    return answer && { ...answer.module, state: answer.module.states[0] };
  }

  /** What it says of the engine objects that deliver a module. */
  async engineObjects(
    environment: string,
    module: string,
  ): Promise<EngineObjectDetails[]> {
    const ref = { configRepo: REPOSITORY, environment, module };
    const answer = await unlessAbsent(this.#api.getModule(ref));
    return answer?.engineObjects ?? [];
  }

  cluster(name: string): Promise<Cluster> {
    return this.#api.getCluster(name);
  }

  /** What it says is live of a module, by the engine object that delivers it; undefined while none does. */
  async live(
    environment: string,
    module: string,
  ): Promise<ModuleLive['items'][number] | undefined> {
    const ref = { configRepo: REPOSITORY, environment, module };
    const answer = await unlessAbsent(this.#api.getModuleLive(ref));
    return answer?.items[0];
  }

  /** Asks for a sync, as the button does. */
  async sync(
    environment: string,
    module: string,
    operation: Partial<ModuleOperation> = {},
  ): Promise<void> {
    const ref = { configRepo: REPOSITORY, environment, module };
    await this.#api.operateModule(ref, { type: 'sync', ...operation });
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    return undefined;
  }
}
