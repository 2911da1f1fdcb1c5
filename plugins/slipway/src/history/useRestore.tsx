import { ReactNode, useMemo, useState } from 'react';
import { ReviewDrawer } from '../changes/review';
import { useMayChange } from '../editor/useMayChange';

/**
 * Brings back what a commit left at a path, after a review. One drawer serves all the rows of a history.
 *
 * @returns `ask` is undefined for those who may not change it
 */
export function useRestore(options: {
  configRepo: string;
  path: string;
  /** Those that a change to it reaches. Where they are not known, the plan says what is missing. */
  environments?: readonly string[];
}): { ask?: (commit: string) => void; drawer: ReactNode } {
  const { configRepo, environments, path } = options;
  const may = useMayChange(configRepo, environments);
  const [open, setOpen] = useState(false);
  const [revision, setRevision] = useState<string>();
  const request = useMemo(
    () => ({ kind: 'rollback' as const, rollback: { path, revision } }),
    [path, revision],
  );
  const allowed = environments === undefined || may.status === 'allowed';
  return {
    ask: allowed
      ? commit => {
          setRevision(commit);
          setOpen(true);
        }
      : undefined,
    drawer: (
      <ReviewDrawer
        open={open}
        configRepo={configRepo}
        request={request}
        onClose={() => setOpen(false)}
        onCommitted={() => {}}
      />
    ),
  };
}
