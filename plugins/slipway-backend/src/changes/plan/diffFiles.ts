import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import { FileDiffer, type FileDifferOptions } from '../../files/FileDiffer';
import type { PlannedSides } from './types';

/** Files of one plan that are shown with their diff. */
const MAX_DIFFS = 300;

/** Adds to each planned file what would change in it, masked. */
export async function diffFiles(
  files: readonly PlannedFile[],
  sides: readonly PlannedSides[],
  options: FileDifferOptions & { signal?: AbortSignal },
): Promise<PlannedFile[]> {
  const differ = new FileDiffer(options);
  const shown: PlannedFile[] = [];
  for (const [index, file] of files.entries()) {
    options.signal?.throwIfAborted();
    const { before, after } = sides[index];
    const isShown = index < MAX_DIFFS && (before || after);
    shown.push(
      isShown
        ? {
            ...file,
            diff: await differ.diff({
              before,
              after: after && {
                path: after.path,
                entry: { ...after.entry, name: nameOf(after.path) },
              },
            }),
          }
        : file,
    );
  }
  return shown;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
