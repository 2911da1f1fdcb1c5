import { type SlipwayApi, SlipwayClient } from '../plugins/slipway-common/src';

/** Slipway's API at a URL, for whoever has a token. */
export function slipwayApi(url: string, token: string): SlipwayApi {
  return SlipwayClient.create({
    discoveryApi: { getBaseUrl: async () => url },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}
