import { mockCredentials } from '@backstage/backend-test-utils';
import { SlipwayClient } from '@slipway/backstage-plugin-slipway-common';

/** Slipway's own client, for a portal on a port of this machine and as somebody who is signed in. */
export function slipwayClient(port: number): SlipwayClient {
  return SlipwayClient.create({
    discoveryApi: {
      getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', mockCredentials.user.header());
        // One that is kept open is closed for its age by a portal that wakes, with the request in it unread.
        headers.set('connection', 'close');
        return fetch(input, { ...init, headers });
      },
    },
  });
}
