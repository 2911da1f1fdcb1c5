import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CommitNotFound, GitError } from '../git';

/** The same answer for what is not there and for what the caller may not see. */
export function fileNotFound(configRepo: string, path: string): NotFoundError {
  return new NotFoundError(
    `There is no ${JSON.stringify(
      path,
    )} in config repo '${configRepo}', or you may not read it`,
  );
}

/** As `ConfigRepoReader` says it of one that is not configured. */
export function configRepoNotFound(configRepo: string): NotFoundError {
  return new NotFoundError(
    `There is no config repo '${configRepo}', or you may not read it`,
  );
}

/** Turns what Git could not do into what the caller can do about it. */
export async function answeringForGit<T>(
  configRepo: string,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CommitNotFound) {
      throw new NotFoundError(
        `There is no commit ${error.commit} in config repo '${configRepo}'`,
      );
    }
    if (error instanceof GitError && error.problem === 'tooLarge') {
      throw new InputError(
        `What was asked for in config repo '${configRepo}' is too large to be shown: ${error.detail}`,
      );
    }
    if (error instanceof GitError) {
      throw new ServiceUnavailableError(
        `Config repo '${configRepo}' cannot be read now (${error.problem}); see its page for the reason, and try again`,
        error,
      );
    }
    throw error;
  }
}
