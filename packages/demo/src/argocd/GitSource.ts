import { posix } from 'path';
import { GitServer, GitSnapshot } from '../git';

/** How the stand-in reads config repos. */
export interface GitSource {
  /** The commit that a branch, tag, id or `HEAD` names. */
  resolve(repoURL: string, revision: string): Promise<string>;
  snapshot(repoURL: string, commit: string): Promise<GitSnapshot>;
  /** Calls the listener with the address of a repository that was pushed to; returns how to stop it. */
  onPush(listener: (repoURL: string) => void): () => void;
}

/** Whether two addresses are the same repository: `.git`, a slash at the end and case do not count. */
export function isSameRepository(one: string, other: string): boolean {
  const normalize = (url: string) =>
    url
      .toLowerCase()
      .replace(/\/+$/, '')
      .replace(/\.git$/, '');
  return normalize(one) === normalize(other);
}

/** Reads from a {@link GitServer} in this process, by the addresses that it serves. */
export function createGitSource(server: GitServer): GitSource {
  const repositoryOf = (repoURL: string) => {
    const name = posix.basename(repoURL.replace(/\/+$/, ''), '.git');
    const repository = server.repository(name);
    if (!repository || !isSameRepository(server.repositoryUrl(name), repoURL)) {
      throw new Error(`failed to list refs: repository not found: ${repoURL}`);
    }
    return repository;
  };
  return {
    async resolve(repoURL, revision) {
      const commit = await repositoryOf(repoURL).resolve(revision);
      if (!commit) {
        throw new Error(`unable to resolve '${revision}' to a commit SHA`);
      }
      return commit;
    },
    async snapshot(repoURL, commit) {
      return repositoryOf(repoURL).snapshot(commit);
    },
    onPush: listener =>
      server.onPush(({ repository }) =>
        listener(server.repositoryUrl(repository)),
      ),
  };
}
