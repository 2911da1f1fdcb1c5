import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useText } from '../translation';
import type { CopyForm } from './form/copyForm';
import type { Lacking } from './form/copyOf';
import { fitsLink } from './form/formParams';
import { CopyStep, copySteps } from './form/useCopyStep';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1.5, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    subtle: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayStepBar' },
);

/** The way to the step before and to the next, and what that one needs. */
export function StepBar(props: {
  step: CopyStep;
  open: ReadonlySet<CopyStep>;
  form: CopyForm;
  lacking: Lacking | undefined;
  onStep: (step: CopyStep) => void;
}) {
  const { form, lacking, onStep, open, step } = props;
  const classes = useStyles();
  const t = useText();
  const at = copySteps.indexOf(step);
  const before = copySteps[at - 1];
  const next = copySteps[at + 1];
  return (
    <div className={classes.root}>
      {lacking && !open.has(next) && (
        <span className={classes.subtle}>{t(`copyLacking.${lacking}`)}</span>
      )}
      {!fitsLink(form) && (
        <Alert severity="info" role="note">
          {t('copy.tooLongForLink')}
        </Alert>
      )}
      {before && (
        <Button onClick={() => onStep(before)}>{t('copy.back')}</Button>
      )}
      {step !== 'plan' && (
        <Button
          color="primary"
          variant="contained"
          disabled={!open.has(next)}
          onClick={() => onStep(next)}
        >
          {t('copy.next')}
        </Button>
      )}
    </div>
  );
}
