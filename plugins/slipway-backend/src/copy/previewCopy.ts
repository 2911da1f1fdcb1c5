import type { CopyPlan } from '@slipway/backstage-plugin-slipway-common';
import { FileDiffer, type FileDifferOptions } from '../files/FileDiffer';
import { blobObject, type Snapshot } from '../git';
import type { PlannedCopy } from './types';

/** Adds to some files of a plan what differs from the source in them, masked. */
export async function previewCopy(
  { plan, written }: Pick<PlannedCopy, 'plan' | 'written'>,
  wanted: readonly string[],
  options: FileDifferOptions & { snapshot: Snapshot },
): Promise<CopyPlan> {
  if (wanted.length === 0) return plan;
  const { snapshot, readBlob } = options;
  const contents = new Map(written.map(one => [one.path, one.content]));
  const byId = new Map<string, Buffer>();
  const differ = new FileDiffer({
    ...options,
    readBlob: async (oid, maxBytes) => byId.get(oid) ?? readBlob(oid, maxBytes),
  });
  const files = [];
  for (const file of plan.files) {
    const content = contents.get(file.path);
    const entry =
      file.from === undefined ? undefined : snapshot.entry(file.from);
    if (!content || !wanted.includes(file.path)) {
      files.push(file);
      continue;
    }
    const { oid } = blobObject(content);
    byId.set(oid, content);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const mode = entry?.mode ?? '100644';
    const diff = await differ.diff({
      before: entry && { path: file.from!, entry },
      after: { path: file.path, entry: { oid, mode, name } },
    });
    files.push({ ...file, diff });
  }
  return { ...plan, files };
}
