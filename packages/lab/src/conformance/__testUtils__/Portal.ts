import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { JsonObject } from '@backstage/types';
import {
  mockCredentials,
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
  Module,
  ModuleLive,
  ModuleOperation,
  ModuleState,
} from '@slipway/backstage-plugin-slipway-common';
import type { Knex } from 'knex';
import { REPOSITORY } from './Subject';

/** A portal's backend, with one config repo and the clusters of all subjects. */
export class Portal {
  readonly #backend: TestBackend;
  readonly #folder: string;

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
  }

  /** Has it look at Git now. */
  async look(): Promise<void> {
    await this.#request('POST', `/config-repos/${REPOSITORY}/refresh`);
  }

  /** What it shows of a module; undefined while it knows of none. */
  async module(
    environment: string,
    module: string,
  ): Promise<(Module & { state: ModuleState }) | undefined> {
    const answer = await this.#request(
      'GET',
      `/environments/${REPOSITORY}/${environment}/modules/${module}`,
    );
    const shown = answer?.module;
    return shown && { ...shown, state: shown.states[0] };
  }

  cluster(name: string): Promise<Cluster> {
    return this.#request('GET', `/clusters/${name}`);
  }

  /** What it says is live of a module, by the engine object that delivers it; undefined while none does. */
  async live(
    environment: string,
    module: string,
  ): Promise<ModuleLive['items'][number] | undefined> {
    const answer = await this.#request(
      'GET',
      `/environments/${REPOSITORY}/${environment}/modules/${module}/live`,
    );
    return answer?.items[0];
  }

  /** Asks for a sync, as the button does. */
  async sync(
    environment: string,
    module: string,
    operation: Partial<ModuleOperation> = {},
  ): Promise<void> {
    await this.#request(
      'POST',
      `/environments/${REPOSITORY}/${environment}/modules/${module}/operations`,
      { type: 'sync', ...operation },
    );
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #request(method: string, path: string, body?: object): Promise<any> {
    const url = `http://127.0.0.1:${this.#backend.server.port()}/api/slipway${path}`;
    const response = await fetch(url, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        authorization: mockCredentials.user.header(),
        ...(body && { 'content-type': 'application/json' }),
      },
    });
    if (response.status === 404 && method === 'GET') return undefined;
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return response.json();
  }
}
