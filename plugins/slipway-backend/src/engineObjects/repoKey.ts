import { domainToASCII } from 'node:url';

const DEFAULT_PORTS: Record<string, string> = {
  'http:': '80',
  'https:': '443',
  'ssh:': '22',
  'git+ssh:': '22',
  'git:': '9418',
};

/** `git@host:path`, which has neither scheme nor port, as the git command line reads it. */
const SCP_LIKE = /^(?:[^@/]+@)?(\[[0-9a-f:.]+\]|[^:/@[\]]+):(?!\/\/)(.*)$/is;

/**
 * Names a repository whatever way its URL is written, as `host/path`: two URLs with the same key are the same
 * repository. Scheme, credentials, default ports, a trailing slash, `.git`, and the case of the host do not matter; the
 * case of the path does. What is no URL is its own key.
 */
export function repoKey(url: string): string {
  const trimmed = url.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    try {
      const { protocol, hostname, port, pathname } = new URL(trimmed);
      const suffix = port && port !== DEFAULT_PORTS[protocol] ? `:${port}` : '';
      return `${hostKey(hostname)}${suffix}/${pathKey(decodePath(pathname))}`;
    } catch {
      return trimmed;
    }
  }
  const scp = SCP_LIKE.exec(trimmed);
  return scp ? `${hostKey(scp[1])}/${pathKey(scp[2])}` : trimmed;
}

function hostKey(host: string): string {
  const lower = host.toLowerCase().replace(/\.$/, '');
  return domainToASCII(lower) || lower;
}

function pathKey(path: string): string {
  const segments = path.split('/').filter(segment => segment !== '');
  return segments.join('/').replace(/(?<=[^/])\.git$/, '');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
