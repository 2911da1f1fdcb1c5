import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import type {
  FileConflict,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { ConflictCard } from './ConflictCard';
import { ReviewSection } from './ReviewSection';
import { Settlement, settledWith } from './settling';
import type { ReviewRequest } from './types';

export interface ConflictsProps {
  kind: ReviewRequest['kind'];
  conflicts: readonly FileConflict[];
  /** What was asked for, by path. */
  operations: readonly FileOperation[];
  disabled: boolean;
  onSettle: (settlements: Settlement[]) => void;
  /** Something was typed that closing would lose. */
  onTyped: () => void;
}

/** Files that someone else changed meanwhile, each to settle. */
export function Conflicts(props: ConflictsProps) {
  const { conflicts, disabled, onSettle, operations } = props;
  const t = useText();
  const originalOf = ({ path }: FileConflict) =>
    operations.find(operation => operation.path === path);
  const fitting = conflicts.flatMap(conflict =>
    conflict.clean && conflict.merged !== undefined
      ? [settledWith(conflict, conflict.merged, originalOf(conflict))]
      : [],
  );
  if (conflicts.length === 0) {
    return null;
  }
  return (
    <ReviewSection
      title={t('review.conflicts')}
      action={
        fitting.length > 1 && (
          <Button
            size="small"
            variant="outlined"
            disabled={disabled}
            onClick={() => onSettle(fitting)}
          >
            {t('settle.takeAllFit', { number: String(fitting.length) })}
          </Button>
        )
      }
    >
      {conflicts.map(conflict => (
        <Box key={`${conflict.path} ${conflict.theirsBase}`} mb={2}>
          <ConflictCard
            {...props}
            conflict={conflict}
            original={originalOf(conflict)}
            onSettle={settlement => onSettle([settlement])}
          />
        </Box>
      ))}
    </ReviewSection>
  );
}
