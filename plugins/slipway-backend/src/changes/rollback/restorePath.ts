import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { compareTrees, pathOf, type FilePair } from '../../files/compareTrees';
import type { Snapshot } from '../../git';
import type { ContentOperation } from '../plan/types';
import type { BlobReader } from './BlobReader';
import { isExecutable, isLink, linkFinding } from './entries';

/** The files that differ between the head and the revision at a path: `before` is the head's. */
export function filesToRestore(options: {
  head: Snapshot;
  revision: Snapshot;
  path: string;
}): FilePair[] {
  const { head, revision, path } = options;
  return compareTrees({ snapshot: head, path }, { snapshot: revision, path });
}

/**
 * Makes files again what they were; nothing is merged. Their bytes come back as Git holds them: text, binary and masked alike.
 *
 * A plain secret value that comes back is judged as one in any other edit, against the head: what was taken out of the branch, often
 * because it had leaked, does not return past a policy that refuses it only because history still knows it. What stands at the head
 * already passes.
 */
export async function restoreFiles(
  pairs: readonly FilePair[],
  blobs: BlobReader,
): Promise<{ operations: ContentOperation[]; findings: Finding[] }> {
  blobs.checkCount(pairs.length);
  const operations: ContentOperation[] = [];
  const findings: Finding[] = [];
  for (const pair of pairs) {
    const path = pathOf(pair);
    const now = pair.before?.entry;
    const then = pair.after?.entry;
    if (isLink(now) || isLink(then)) {
      findings.push(linkFinding(path));
    } else if (!then) {
      operations.push({ type: 'delete', path, base: now?.oid });
    } else {
      const content = await blobs.read(then.oid, path);
      if (!content) continue;
      operations.push({
        type: 'write',
        path,
        content,
        base: now?.oid,
        executable: isExecutable(then),
      });
    }
  }
  return { operations, findings };
}
