import type {
  Commit,
  CommitInfo,
} from '@slipway/backstage-plugin-slipway-common';
import type { CommitInfo as GitCommitInfo } from '../git';
import { parseTrailers } from './trailers';

/** A commit as pages show it. */
export function toCommit(info: GitCommitInfo): Commit {
  return {
    commit: info.commit,
    parents: [...info.parents],
    authorName: info.authorName,
    at: info.at,
    subject: info.subject,
    message: info.message,
    trailers: parseTrailers(info.message),
  };
}

/** In short; addresses of people stay here. */
export function toCommitInfo(info: GitCommitInfo): CommitInfo {
  const { commit, authorName, at, subject } = info;
  return { commit, authorName, at, subject };
}
