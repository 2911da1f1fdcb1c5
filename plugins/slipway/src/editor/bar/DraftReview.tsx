import { lazy, Suspense, useMemo, useState } from 'react';
import { Draft, DraftOperation, fileOperation } from '../drafts';

const ReviewDrawer = lazy(() =>
  import('../../changes/review').then(m => ({ default: m.ReviewDrawer })),
);

/**
 * Reviews and commits a draft as it is now: what another tab edits meanwhile is neither committed nor lost.
 */
export function DraftReview(props: { draft: Draft; onClose: () => void }) {
  const { draft, onClose } = props;
  const [reviewed, setReviewed] = useState<readonly DraftOperation[]>(
    draft.operations,
  );
  const request = useMemo(
    () => ({ kind: 'edit' as const, operations: reviewed.map(fileOperation) }),
    [reviewed],
  );
  return (
    <Suspense fallback={null}>
      <ReviewDrawer
        open
        configRepo={draft.configRepo}
        request={request}
        onClose={onClose}
        onSettled={settled => {
          const operation = { ...settled, at: new Date().toISOString() };
          setReviewed(known => [
            ...known.filter(({ path }) => path !== settled.path),
            operation,
          ]);
          draft.put(operation);
        }}
        onDropped={path => {
          setReviewed(known =>
            known.filter(operation => operation.path !== path),
          );
          draft.remove(path);
        }}
        onCommitted={() => draft.removeCommitted(reviewed)}
      />
    </Suspense>
  );
}
