import { ResponseError } from '@backstage/errors';
import crossFetch from 'cross-fetch';
import { DefaultApiClient, type TypedResponse } from '../schema/openapi';
import type { SlipwayApi, SlipwayRequestOptions } from './types';

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

  listConfigRepos: SlipwayApi['listConfigRepos'] = (query = {}, options) =>
    this.#call(options, (client, rest) =>
      client.listConfigRepos({ query }, rest),
    );

  getConfigRepo: SlipwayApi['getConfigRepo'] = (configRepo, options) =>
    this.#call(options, (client, rest) =>
      client.getConfigRepo({ path: { configRepo } }, rest),
    );

  refreshConfigRepo: SlipwayApi['refreshConfigRepo'] = (configRepo, options) =>
    this.#call(options, (client, rest) =>
      client.refreshConfigRepo({ path: { configRepo } }, rest),
    );

  listEnvironments: SlipwayApi['listEnvironments'] = (query = {}, options) =>
    this.#call(options, (client, rest) =>
      client.listEnvironments({ query }, rest),
    );

  getEnvironment: SlipwayApi['getEnvironment'] = (ref, options) =>
    this.#call(options, (client, rest) =>
      client.getEnvironment({ path: ref }, rest),
    );

  listModules: SlipwayApi['listModules'] = (ref, query = {}, options) =>
    this.#call(options, (client, rest) =>
      client.listModules({ path: ref, query }, rest),
    );

  listClusters: SlipwayApi['listClusters'] = (query = {}, options) =>
    this.#call(options, (client, rest) => client.listClusters({ query }, rest));

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
