import { useMemo, useRef } from 'react';
import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { Draft, draftFiles, draftMark } from '../editor';
import { moduleRoots } from './fileTree';

/** Files as the drafts have them, with marks. Made anew only when a draft gets or loses a file, not with every word typed. */
export function useDraftedFiles(
  branch: readonly FileEntry[],
  drafts: readonly Draft[],
) {
  const key = JSON.stringify(
    drafts.map(({ configRepo, operations }) => [
      configRepo,
      operations.map(operation => [
        operation.path,
        operation.from,
        draftMark(operation),
      ]),
    ]),
  );
  const latest = useRef(drafts);
  latest.current = drafts;
  return useMemo(() => {
    const drafted = draftFiles(branch, latest.current);
    return { ...drafted, roots: moduleRoots(drafted.items) };
    // The key says all of the drafts that matters here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [branch, key]);
}
