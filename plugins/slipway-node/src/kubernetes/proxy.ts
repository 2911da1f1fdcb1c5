import { BlockList, isIP } from 'node:net';

export type Environment = Record<string, string | undefined>;

/**
 * The proxy that the environment names for a server: `HTTPS_PROXY` or `HTTP_PROXY`, unless `NO_PROXY` lists the host
 * by name, domain suffix, address or CIDR range. Loopback is never proxied. Lower-case names win, as with curl.
 */
export function proxyFor(
  server: string,
  environment: Environment,
): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const read = (name: string) =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const proxy = read(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const host = withoutBrackets(hostname).toLowerCase();
  if (!proxy || isLoopback(host)) {
    return undefined;
  }
  const effectivePort = port || (protocol === 'https:' ? '443' : '80');
  const bypassed = (read('NO_PROXY') ?? '')
    .split(/[\s,]+/)
    .filter(entry => entry !== '')
    .some(entry => matches(entry.toLowerCase(), host, effectivePort));
  if (bypassed) {
    return undefined;
  }
  return /^[a-z0-9]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** @param hostname - as of a URL: an IPv6 address may stand in brackets */
export function isLoopback(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') {
    return true;
  }
  const [address, prefix] = entry.split('/');
  if (prefix !== undefined) {
    return inRange(host, address, Number(prefix));
  }
  const withPort = /^(.+):(\d+)$/.exec(entry);
  if (withPort && !isIP(entry)) {
    return withPort[2] === port && matches(withPort[1], host, port);
  }
  const name = withoutBrackets(entry.replace(/^\*?\./, ''));
  return host === name || (!isIP(name) && host.endsWith(`.${name}`));
}

function inRange(host: string, address: string, prefix: number): boolean {
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(prefix)) {
    return false;
  }
  if (prefix < 0 || prefix > (family === 4 ? 32 : 128)) {
    return false;
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, prefix, type);
  return range.check(host, type);
}
