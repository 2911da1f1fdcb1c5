import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';

/** A bare Express route that answers one JSON: no rights, no database, no validation. */
export async function startPeer(body: unknown) {
  const app = express();
  app.get('/', (_request, response) => {
    response.json(body);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
