import { blobObject } from '../newObject';
import { commitObject } from '../commitObject';
import { editTree, TreeEdit } from '../editTree';
import type { PushOptions } from '../pusher';
import type { Snapshot } from '../snapshot';

const ANN = { name: 'Ann Author', email: 'ann@example.org' };
const SLIPWAY = { name: 'Slipway', email: 'slipway@example.org' };

/** A commit on `parent` with these files; undefined removes. */
export function change(
  parent: Snapshot,
  from: string,
  files: Record<string, string | undefined>,
  message = 'Change',
): PushOptions {
  const blobs = [];
  const edits: TreeEdit[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) {
      edits.push({ path, to: undefined });
    } else {
      const blob = blobObject(Buffer.from(text));
      blobs.push(blob);
      edits.push({ path, to: { oid: blob.oid, mode: '100644' } });
    }
  }
  const { tree, objects } = editTree(parent, edits);
  const commit = commitObject({
    tree: tree.rootTree,
    parents: [from],
    author: ANN,
    authorAt: new Date(1_700_000_100_000),
    committer: SLIPWAY,
    committerAt: new Date(1_700_000_200_500),
    message,
  });
  return {
    from,
    to: commit.oid,
    tree,
    objects: [...blobs, ...objects, commit],
  };
}
