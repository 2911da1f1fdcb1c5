import Step from '@material-ui/core/Step';
import StepButton from '@material-ui/core/StepButton';
import Stepper from '@material-ui/core/Stepper';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useText } from '../translation';
import { CopyStep, copySteps } from './form/useCopyStep';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      backgroundColor: 'transparent',
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(1) },
    },
  }),
  { name: 'SlipwayCopyStepper' },
);

/** Where one is on the way, and the way to the other steps. */
export function CopyStepper(props: {
  step: CopyStep;
  /** Steps that can be gone to from here. */
  open: ReadonlySet<CopyStep>;
  onStep: (step: CopyStep) => void;
}) {
  const { onStep, open, step } = props;
  const classes = useStyles();
  const t = useText();
  const theme = useTheme();
  const narrow = useMediaQuery(theme.breakpoints.down('xs'));
  const active = copySteps.indexOf(step);
  return (
    <nav aria-label={t('copy.steps')}>
      <Stepper
        nonLinear
        activeStep={active}
        orientation={narrow ? 'vertical' : 'horizontal'}
        className={classes.root}
      >
        {copySteps.map((name, index) => (
          <Step
            key={name}
            completed={index < active || step === 'result'}
            disabled={!open.has(name)}
          >
            <StepButton
              aria-current={name === step ? 'step' : undefined}
              onClick={() => onStep(name)}
            >
              {t(`copyStep.${name}`)}
            </StepButton>
          </Step>
        ))}
      </Stepper>
    </nav>
  );
}
