import { cleanDetail, GitError } from './gitError';
import type { HttpAnswer } from './httpClient';

/** Whether the answer sends elsewhere. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Where to go on. Only ever the same host: credentials were made for it, and
 * a redirect elsewhere mostly is a sign-in page.
 */
export function redirectTarget(
  url: string,
  answer: HttpAnswer,
  path: string,
): string {
  const from = new URL(url);
  const location = String(answer.headers.location ?? '');
  const to = URL.canParse(location, `${url}${path}`)
    ? new URL(location, `${url}${path}`)
    : undefined;
  const sameHost =
    to?.hostname === from.hostname &&
    (to.host === from.host || (from.port === '' && to.port === '')) &&
    (to.protocol === from.protocol || to.protocol === 'https:');
  if (!to || !sameHost) {
    const host = to?.host ?? 'nowhere';
    throw new GitError(
      'notAGitServer',
      `the server redirects to another host (${cleanDetail(host)})`,
    );
  }
  if (!to.href.endsWith(path)) {
    throw new GitError('notAGitServer', 'the server redirects to another page');
  }
  to.username = '';
  to.password = '';
  return to.href.slice(0, -path.length);
}
