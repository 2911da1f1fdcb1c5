import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';
import { ReviewSection } from './ReviewSection';

/** What Git's own tools show of a summary without cutting it. */
const SUMMARY_LENGTH = 72;

export interface CommitWords {
  message: string;
  reason: string;
}

/** The words that go with a commit: its message, and for a rollback why. */
export function CommitForm(props: {
  words: CommitWords;
  needsReason: boolean;
  disabled: boolean;
  onChange: (words: Partial<CommitWords>) => void;
}) {
  const { words, needsReason, disabled, onChange } = props;
  const t = useText();
  const id = useUniqueId('commit');
  const summary = words.message.split('\n', 1)[0].length;
  return (
    <ReviewSection title={t('review.describe')}>
      {needsReason && (
        <Box mb={2}>
          <TextField
            id={`${id}-reason`}
            fullWidth
            required
            multiline
            variant="outlined"
            size="small"
            label={t('review.reason')}
            helperText={t('review.reasonHint')}
            value={words.reason}
            disabled={disabled}
            inputProps={{ maxLength: 2_000 }}
            onChange={event => onChange({ reason: event.target.value })}
          />
        </Box>
      )}
      <TextField
        id={`${id}-message`}
        fullWidth
        required
        multiline
        minRows={2}
        maxRows={12}
        variant="outlined"
        size="small"
        label={t('review.message')}
        helperText={
          summary > SUMMARY_LENGTH
            ? t('review.messageLong', {
                number: String(summary),
                limit: String(SUMMARY_LENGTH),
              })
            : t('review.messageHint')
        }
        value={words.message}
        disabled={disabled}
        inputProps={{ maxLength: 10_000 }}
        onChange={event => onChange({ message: event.target.value })}
      />
    </ReviewSection>
  );
}
