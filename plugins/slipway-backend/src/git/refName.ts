import { InputError } from '@backstage/errors';

/**
 * Throws InputError unless Git would accept the branch name.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function checkBranchName(branch: string): void {
  const bad =
    branch === '' ||
    branch === '@' ||
    branch.startsWith('-') ||
    branch.endsWith('.') ||
    branch.includes('..') ||
    branch.includes('@{') ||
    /[\p{Cc} ~^:?*[\\]/u.test(branch) ||
    branch
      .split('/')
      .some(
        part => part === '' || part.startsWith('.') || part.endsWith('.lock'),
      );
  if (bad) {
    throw new InputError(
      `${JSON.stringify(branch)} is not the name of a Git branch`,
    );
  }
}

/** Throws InputError unless this is the HTTP address of a repository. */
export function checkRepositoryUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new InputError('The URL of a Git repository must be http or https');
  }
  if (parsed.username || parsed.password) {
    throw new InputError(
      `The URL of the Git repository at ${parsed.host} must not hold credentials; configure them under integrations`,
    );
  }
}
