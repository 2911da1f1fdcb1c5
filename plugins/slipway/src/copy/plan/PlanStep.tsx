import { useCallback, useMemo, useState } from 'react';
import Box from '@material-ui/core/Box';
import type {
  Change,
  CopiedFile,
} from '@slipway/backstage-plugin-slipway-common';
import {
  Announcement,
  announcementOf,
  CommitForm,
  CommitOutcome,
  GateNote,
  PlanState,
  Pruned,
  ReviewSection,
  useCommit,
} from '../../changes/review';
import { FindingsTable } from '../../findings';
import { DiffLayoutChoice } from '../../history/DiffLayoutChoice';
import { useDiffLayout } from '../../history/useDiffLayout';
import { useText } from '../../translation';
import { CopiedFiles } from '../files';
import { CopyBar } from './CopyBar';
import { CopyPreview } from './CopyPreview';
import { movesBetween } from './movesBetween';
import type { Planned } from './planned';
import { PlanMoves } from './PlanMoves';

/** The third step: what becomes of each file, what stands in the way, and the button that does it. */
export function PlanStep(props: {
  configRepo: string;
  state: PlanState;
  planned: Planned;
  /** Undefined until somebody wrote one. */
  message: string | undefined;
  onMessage: (message: string) => void;
  planAgain: () => void;
  onBack: () => void;
  onCommitted: (change: Change) => void;
}) {
  const { configRepo, onCommitted, onMessage, planAgain, planned, state } =
    props;
  const { copy, outdated, plan, request } = planned;
  const t = useText();
  const [layout, setLayout] = useDiffLayout();
  const [before, setBefore] = useState<readonly CopiedFile[]>([]);
  const { commit, state: commitState } = useCommit({
    configRepo,
    key: JSON.stringify([configRepo, request]),
    planAgain,
    onCommitted,
  });
  const busy = commitState.status === 'committing';
  const message =
    props.message ??
    t('copy.message', {
      source: copy.source.title ?? copy.source.name,
      target: copy.target.title ?? copy.target.name,
    });
  const moves = useMemo(
    () =>
      // Where nothing can be copied any more, the one reason for it says more than every file.
      outdated || copy.files === before || copy.files.length === 0
        ? undefined
        : movesBetween(before, copy.files),
    [outdated, before, copy.files],
  );
  const run = () => {
    setBefore(copy.files);
    commit({ kind: 'copy', copy: request, message, digest: plan.digest });
  };
  const detailsOf = useCallback(
    ({ path }: CopiedFile) => (
      <CopyPreview
        configRepo={configRepo}
        copy={request}
        path={path}
        layout={layout}
      />
    ),
    [configRepo, layout, request],
  );
  return (
    <>
      <Announcement text={announcementOf(t, state, commitState)} />
      {commitState.status === 'moved' ? (
        <PlanMoves moves={moves} />
      ) : (
        <CommitOutcome state={commitState} />
      )}
      <Box mb={3}>
        <GateNote gate={plan.gate} />
      </Box>
      {plan.findings.length > 0 && (
        <ReviewSection title={t('review.findings')}>
          <FindingsTable
            label={t('review.findings')}
            findings={plan.findings}
          />
        </ReviewSection>
      )}
      <ReviewSection
        title={t('copy.planTitle')}
        action={<DiffLayoutChoice layout={layout} onChange={setLayout} />}
      >
        <CopiedFiles
          label={t('copy.planTable')}
          copy={copy}
          done={false}
          detailsOf={detailsOf}
        />
      </ReviewSection>
      <Pruned pruned={plan.pruned} />
      <CommitForm
        words={{ message, reason: '' }}
        needsReason={false}
        disabled={busy}
        onChange={words => onMessage(words.message ?? message)}
      />
      <CopyBar
        planned={planned}
        message={message}
        busy={busy}
        onCopy={run}
        onBack={props.onBack}
      />
    </>
  );
}
