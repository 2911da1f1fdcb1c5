import Box from '@material-ui/core/Box';
import type {
  ChangePlan,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { FindingsTable } from '../../findings';
import { useText } from '../../translation';
import { Conflicts } from './Conflicts';
import { FindingLink } from './FindingLink';
import { GateNote } from './GateNote';
import { Pruned } from './Pruned';
import { ReviewFiles } from './ReviewFiles';
import { ReviewSection } from './ReviewSection';
import type { Settlement } from './settling';
import { Touches } from './Touches';
import type { ReviewRequest } from './types';

/** What a change would do: what prevents it first, then what to settle, then what it brings. */
export function Plan(props: {
  configRepo: string;
  kind: ReviewRequest['kind'];
  plan: ChangePlan;
  operations: readonly FileOperation[];
  disabled: boolean;
  /** The last try did not end in a commit, and the page says so. */
  refused: boolean;
  onSettle: (settlements: Settlement[]) => void;
  onTyped: () => void;
  onLeave: () => void;
}) {
  const { configRepo, onLeave, plan, refused } = props;
  const t = useText();
  return (
    <>
      {/* A plan does not know of what only a commit meets: its yes would contradict the refusal above it. */}
      {!(refused && plan.gate.allowed) && (
        <Box mb={3}>
          <GateNote gate={plan.gate} />
        </Box>
      )}
      <ReviewSection title={t('review.findings')}>
        {plan.findings.length === 0 ? (
          t('review.noFindings')
        ) : (
          <FindingsTable
            label={t('review.findings')}
            findings={plan.findings}
            placeOf={finding => (
              <FindingLink
                configRepo={configRepo}
                finding={finding}
                plan={plan}
                onOpen={onLeave}
              />
            )}
          />
        )}
      </ReviewSection>
      <Conflicts {...props} conflicts={plan.conflicts} />
      <ReviewFiles files={plan.files} />
      <Touches touches={plan.touches} />
      <Pruned pruned={plan.pruned} />
    </>
  );
}
