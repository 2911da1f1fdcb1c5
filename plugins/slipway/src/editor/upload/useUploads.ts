import { useCallback, useState } from 'react';
import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { Draft, takenPaths, writeFile } from '../drafts';
import { checkNewPath } from '../paths/checkNewPath';
import { readUpload, Upload } from './readUpload';

/** What came of the files that were chosen last. */
export interface UploadResult {
  directory: string;
  added: string[];
  refused: Upload[];
}

/** Puts chosen files into a directory of the draft; those that are there already are replaced. */
export function useUploads(
  draft: Draft | undefined,
  items: readonly FileEntry[],
) {
  const [result, setResult] = useState<UploadResult>();
  const add = useCallback(
    async (directory: string, files: readonly File[]) => {
      if (!draft) {
        return;
      }
      const uploads = await Promise.all(files.map(readUpload));
      const taken = takenPaths(items, draft, 'create');
      const added: string[] = [];
      const refused: Upload[] = [];
      for (const upload of uploads) {
        const path = directory ? `${directory}/${upload.name}` : upload.name;
        const present = items.find(
          item => item.configRepo === draft.configRepo && item.path === path,
        );
        const problem = taken.has(path) ? undefined : checkNewPath(path, taken);
        if (!('content' in upload)) {
          refused.push(upload);
        } else if (problem) {
          refused.push({ name: upload.name, problem: 'path' });
        } else {
          writeFile(draft, path, upload.content, present);
          added.push(path);
        }
      }
      setResult({ directory, added, refused });
    },
    [draft, items],
  );
  const forget = useCallback(() => setResult(undefined), []);
  return { result, add, forget };
}
