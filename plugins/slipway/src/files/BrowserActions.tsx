import { useEffect, useMemo, useState } from 'react';
import type { FileEntry } from '@slipway/backstage-plugin-slipway-common';
import { Draft, NewFiles, useMayChange, useUploads } from '../editor';
import type { TargetDirectory } from './targetDirectory';

/** Files that were dropped somewhere in the tree. */
export interface DroppedFiles {
  target: TargetDirectory;
  files: readonly File[];
}

/** What can be put into the chosen directory, or into the one where files were dropped. */
export function BrowserActions(props: {
  drafts: readonly Draft[];
  /** What the branch holds. */
  items: readonly FileEntry[];
  target?: TargetDirectory;
  dropped?: DroppedFiles;
  onCreated: (configRepo: string, path: string) => void;
}) {
  const { drafts, items, dropped, onCreated } = props;
  const [taken, setTaken] = useState<DroppedFiles>();
  // What was dropped comes first, until it is in the draft.
  const waiting = dropped !== taken ? dropped : undefined;
  const target = waiting?.target ?? props.target;
  const draft = useMemo(
    () => drafts.find(({ configRepo }) => configRepo === target?.configRepo),
    [drafts, target],
  );
  const mayChange = useMayChange(
    target?.configRepo ?? '',
    target?.environments,
  );
  const uploads = useUploads(draft, items);
  const { add } = uploads;
  useEffect(() => {
    if (waiting && mayChange.status !== 'loading') {
      setTaken(waiting);
      if (mayChange.status === 'allowed') {
        add(waiting.target.path, waiting.files);
      }
    }
  }, [waiting, mayChange, add]);

  return (
    <NewFiles
      draft={draft}
      items={items}
      directory={target?.path}
      mayChange={mayChange}
      uploads={uploads}
      onCreated={path => target && onCreated(target.configRepo, path)}
    />
  );
}
