import { BareRepository } from './bareRepository';
import type { ConfigRepoGitOptions } from './configRepoGitOptions';
import { isCorrupt } from './gitError';
import { LocalRepository } from './localRepository';
import type { TreeSnapshot } from './snapshot';

/** What is on disk and its head's tree; begins afresh when it is damaged. */
export async function openLocal(
  options: ConfigRepoGitOptions,
): Promise<{ local: LocalRepository; snapshot: TreeSnapshot | undefined }> {
  const { url, branch, directory, logger } = options;
  const files = new BareRepository(directory, url, branch);
  try {
    const local = await LocalRepository.open(files);
    try {
      const snapshot = local.head ? local.snapshot(local.head) : undefined;
      return { local, snapshot };
    } catch (error) {
      local.close();
      throw error;
    }
  } catch (error) {
    if (!isCorrupt(error)) {
      throw error;
    }
    logger.warn(`Git cache of ${url} is damaged and starts afresh: ${error}`);
    await files.reset();
    const local = await LocalRepository.open(files);
    return { local, snapshot: undefined };
  }
}
