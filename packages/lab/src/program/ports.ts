import { createServer } from 'net';

// Below the ports that Linux gives to outgoing connections: a cluster that is
// down for a while must find its own port free when it comes back.
const FIRST = 20_000;
const LAST = 32_000;
const ATTEMPTS = 200;

const taken = new Set<number>();

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port on loopback that nothing uses, and that this process gives to nobody else. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (!taken.has(port) && (await isFree(port))) {
      taken.add(port);
      return port;
    }
  }
  throw new Error(`no free port between ${FIRST} and ${LAST}`);
}
