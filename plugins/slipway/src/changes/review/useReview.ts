import { useMemo, useState } from 'react';
import type {
  Change,
  ChangeRequest,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { isEmpty, requestOf } from './requestOf';
import type { Settlement } from './settling';
import type { ReviewRequest } from './types';
import { useCommit } from './useCommit';
import { usePlan } from './usePlan';

export interface ReviewOptions {
  configRepo: string;
  request: ReviewRequest;
  onSettled?: (operation: FileOperation) => void;
  onDropped?: (path: string) => void;
  onCommitted: (change: Change) => void;
}

/** One review from its plan to its commit. */
export function useReview(options: ReviewOptions) {
  const { configRepo, onCommitted, onDropped, onSettled, request } = options;
  const { kind, operations, rollback } = request;
  // A rollback's settled files are nobody's draft.
  const [settled, setSettled] = useState<readonly FileOperation[]>([]);
  const asked = useMemo<ChangeRequest>(
    () => requestOf({ kind, operations, rollback }, settled),
    [kind, operations, rollback, settled],
  );
  const key = useMemo(
    () => JSON.stringify([configRepo, asked]),
    [configRepo, asked],
  );
  const [done, setDone] = useState(false);
  const empty = isEmpty(asked);
  const { state: plan, planAgain } = usePlan({
    configRepo,
    key,
    request: empty || done ? undefined : asked,
  });
  const { state: commitState, commit } = useCommit({
    configRepo,
    key,
    planAgain,
    onCommitted: change => {
      setDone(true);
      onCommitted(change);
    },
  });
  const settle = (settlements: Settlement[]) => {
    const paths = new Set<string>();
    const made: FileOperation[] = [];
    for (const settlement of settlements) {
      if (settlement.type === 'drop') {
        paths.add(settlement.path);
        onDropped?.(settlement.path);
      } else {
        paths.add(settlement.operation.path);
        made.push(settlement.operation);
        if (kind === 'edit') {
          onSettled?.(settlement.operation);
        }
      }
    }
    if (kind === 'rollback') {
      setSettled(before => [
        ...before.filter(({ path }) => !paths.has(path)),
        ...made,
      ]);
    }
  };
  return { asked, empty, plan, planAgain, commitState, commit, settle };
}
