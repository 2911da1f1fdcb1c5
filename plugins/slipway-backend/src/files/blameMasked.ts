import type { CommitInfo } from '../git';

type DatedCommit = Pick<CommitInfo, 'commit' | 'committerAt' | 'parents'>;

/**
 * Who last changed each line as it is shown. A value of several lines that is masked on one has the newest commit of them all: an older
 * one would hide that the value was changed since.
 *
 * @param commits - of each line in Git
 * @param places - for each line in Git the line that shows it, both from 0
 * @param infos - of each of the commits, by its id
 */
export function blameMasked(
  commits: readonly string[],
  places: readonly number[],
  infos: ReadonlyMap<string, DatedCommit>,
): string[] {
  const shown: string[] = [];
  for (const [index, commit] of commits.entries()) {
    const place = places[index];
    const known = shown[place];
    if (
      known === undefined ||
      (known !== commit && isNewer(infos.get(commit)!, infos.get(known)!))
    ) {
      shown[place] = commit;
    }
  }
  return shown;
}

function isNewer(one: DatedCommit, other: DatedCommit): boolean {
  const [at, otherAt] = [one, other].map(info => Date.parse(info.committerAt));
  // A rebase makes several commits within one second.
  return at === otherAt ? one.parents.includes(other.commit) : at > otherAt;
}
