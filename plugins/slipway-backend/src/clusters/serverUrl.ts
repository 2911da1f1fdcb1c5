/** Writes an API server URL in one way: host in lower case, no default port, no trailing slash; `undefined` when it is no URL. */
export function normalizeServerUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text.trim())) return undefined;
  try {
    const { protocol, host, pathname } = new URL(text.trim());
    return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
  } catch {
    return undefined;
  }
}
