import type { CopyPlan } from '@slipway/backstage-plugin-slipway-common';
import { FileDiffer, type FileDifferOptions } from '../files/FileDiffer';
import { blobObject, type Snapshot } from '../git';
import type { PlannedCopy } from './types';

/** Adds to some files of a plan what differs in them from the source, or from what they overwrite, masked. */
export async function previewCopy(
  { plan, written }: Pick<PlannedCopy, 'plan' | 'written'>,
  wanted: readonly string[],
  options: FileDifferOptions & { snapshot: Snapshot },
): Promise<CopyPlan> {
  if (wanted.length === 0) return plan;
  const { snapshot, readBlob } = options;
  const operations = new Map(written.map(one => [one.path, one]));
  const byId = new Map<string, Buffer>();
  const differ = new FileDiffer({
    ...options,
    readBlob: async (oid, maxBytes) => byId.get(oid) ?? readBlob(oid, maxBytes),
  });
  const files = [];
  for (const file of plan.files) {
    const operation = operations.get(file.path);
    // As it is, nothing differs but from what was there.
    const differs = operation?.content ?? file.overwrites;
    if (!operation || !differs || !wanted.includes(file.path)) {
      files.push(file);
      continue;
    }
    const old = file.overwrites ? file.path : file.from;
    const before = old === undefined ? undefined : snapshot.entry(old);
    const { content, object } = operation;
    const oid = content ? blobObject(content).oid : object!.oid;
    if (content) byId.set(oid, content);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const mode = object?.mode ?? before?.mode ?? '100644';
    const diff = await differ.diff({
      before: before && { path: old!, entry: before },
      after: { path: file.path, entry: { oid, mode, name } },
    });
    files.push({ ...file, diff });
  }
  return { ...plan, files };
}
