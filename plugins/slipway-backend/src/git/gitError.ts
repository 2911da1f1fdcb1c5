import { CustomErrorBase } from '@backstage/errors';

/**
 * What can be wrong between Slipway and a Git repository, one word for each
 * thing that a person would mend in a different way.
 */
export type GitProblem =
  | 'unreachable'
  | 'unauthorized'
  | 'repositoryNotFound'
  | 'emptyRepository'
  | 'branchNotFound'
  | 'notAGitServer'
  | 'tooLarge'
  | 'corrupt'
  | 'timeout'
  /** A push whose answer was lost: it may have arrived or not. */
  | 'unknownOutcome';

/**
 * A Git repository could not be read or written.
 *
 * `detail` is text for people (a server's own words, cut short); it never
 * holds credentials and must not be parsed.
 */
export class GitError extends CustomErrorBase {
  name = 'GitError' as const;

  readonly problem: GitProblem;
  readonly detail: string;

  constructor(problem: GitProblem, detail: string, cause?: unknown) {
    super(`Git: ${problem}: ${detail}`, cause);
    this.problem = problem;
    this.detail = detail;
  }
}

/** Whether the cache on disk is to blame, which a fresh fetch mends. */
export function isCorrupt(error: unknown): error is GitError {
  return error instanceof GitError && error.problem === 'corrupt';
}

/** The commit is neither in the local cache nor in the remote. */
export class CommitNotFound extends CustomErrorBase {
  name = 'CommitNotFound' as const;

  readonly commit: string;

  constructor(commit: string, cause?: unknown) {
    super(`Commit ${commit} is not in the remote repository`, cause);
    this.commit = commit;
  }
}

/**
 * Makes text that came from outside fit for an error: one line, short, and
 * without anything that looks like credentials, should the other side echo it.
 */
export function cleanDetail(text: string): string {
  const clean = withoutCredentials(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

/**
 * A server's own words for people: lines stay, progress that was overwritten
 * and colours go, and so does anything that looks like credentials.
 */
export function cleanWords(text: string): string {
  const lines = text
    // eslint-disable-next-line no-control-regex
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split('\n')
    .map(line => line.replace(/\s+$/, '').split('\r').at(-1) ?? '')
    .map(line =>
      withoutCredentials(line)
        .replace(/\p{Cc}+/gu, ' ')
        .trimEnd(),
    )
    .filter(line => line !== '');
  const words = lines.join('\n');
  return words.length > 2000 ? `${words.slice(0, 1999)}…` : words;
}

function withoutCredentials(text: string): string {
  return text
    .replace(/:\/\/[^/\s@]*@/g, '://')
    .replace(/\b(basic|bearer|token)\s+\S+/gi, '$1 ***');
}
