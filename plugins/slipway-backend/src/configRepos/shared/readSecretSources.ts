import type { Snapshot } from '../../git';
import type { WhollySecret } from '../../manifests/masking';
import type { CurrentConfigRepo } from '../ConfigRepoReader';

/** How what is at a path is to be masked beyond what it looks like; see `WhollySecret`. */
export type SecretSources = (path: string) => WhollySecret | undefined;

/**
 * Which files are secret at the branch head or at one of these trees: what a `secretGenerator` named once stays masked in its old
 * versions, whatever names it now.
 *
 * @param options - `newBlobs`: contents by id that only a planned tree has
 */
export async function readSecretSources(
  repo: Pick<CurrentConfigRepo, 'shared' | 'sharedAt' | 'snapshot'>,
  trees: ReadonlyArray<Snapshot | undefined>,
  options: {
    signal?: AbortSignal;
    newBlobs?: ReadonlyMap<string, Buffer>;
  } = {},
): Promise<SecretSources> {
  const sources = [repo.shared.secretSource];
  const known = new Set([repo.snapshot.rootTree]);
  for (const tree of trees) {
    if (!tree || known.has(tree.rootTree)) continue;
    known.add(tree.rootTree);
    sources.push((await repo.sharedAt(tree, options)).secretSource);
  }
  return path => strongest(sources.map(source => source(path)));
}

/** All of a file rather than its lines. */
export function strongest(
  ways: ReadonlyArray<WhollySecret | undefined>,
): WhollySecret | undefined {
  return ways.includes('content') ? 'content' : ways.find(way => way);
}
