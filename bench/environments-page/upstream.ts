import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Counts what this process asks of other servers than its own, whichever client it uses. */
export function watchUpstream(own: string): () => string[] {
  const seen: string[] = [];
  const note = (host: string, path: string) => {
    if (host !== own) seen.push(`${host}${path}`);
  };
  const onFetch = (message: unknown) => {
    const { request } = message as {
      request: { origin: string; path: string };
    };
    note(new URL(request.origin).host, request.path);
  };
  const onRequest = (message: unknown) => {
    const { request } = message as {
      request: { path: string; getHeader(name: string): unknown };
    };
    note(String(request.getHeader('host')), request.path);
  };
  subscribe('undici:request:create', onFetch);
  subscribe('http.client.request.start', onRequest);
  return () => {
    unsubscribe('undici:request:create', onFetch);
    unsubscribe('http.client.request.start', onRequest);
    return seen;
  };
}
