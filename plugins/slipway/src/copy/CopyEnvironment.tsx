import { useEffect, useMemo, useRef, useState } from 'react';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { NotFoundError } from '@backstage/errors';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { Announcement, announcementOf } from '../changes/review';
import { useComparedEnvironments } from '../compare';
import { useUniqueId } from '../layout';
import type { LiveQuery } from '../live';
import { ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { CopyStepper } from './CopyStepper';
import type { CopyForm } from './form/copyForm';
import { copyOf, Lacking, lackingOf } from './form/copyOf';
import { useCopyForm } from './form/useCopyForm';
import { CopyStep, useCopyStep } from './form/useCopyStep';
import type { Choice } from './place/ChoiceField';
import { environmentChoice, PlaceStep } from './place/PlaceStep';
import { plannedOf } from './plan/planned';
import { PlanStep } from './plan/PlanStep';
import { usePlannedCopy } from './plan/usePlannedCopy';
import { ResultStep } from './result/ResultStep';
import { StepBar } from './StepBar';
import { WhatStep } from './what/WhatStep';

const useStyles = makeStyles(
  theme => ({
    progress: { height: 4 },
    content: {
      padding: theme.spacing(2),
      '&:focus': { outline: 'none' },
    },
    heading: { marginBottom: theme.spacing(2) },
  }),
  { name: 'SlipwayCopyEnvironment' },
);

/** Where one may go: no further than what the steps before need. */
function stepsOpen(
  step: CopyStep,
  lacking: Lacking | undefined,
): ReadonlySet<CopyStep> {
  if (step === 'result') {
    return new Set(['result']);
  }
  if (!lacking) {
    return new Set(['place', 'what', 'plan']);
  }
  return new Set(lacking === 'modules' ? ['place', 'what'] : ['place']);
}

/** Why there is nothing to choose from, or that the source is not among it. */
function problemOf(
  environments: LiveQuery<Environment[]>,
  source: string,
): Error | undefined {
  if (environments.status === 'error') {
    return environments.error;
  }
  return environments.status === 'loaded' &&
    !environments.value.some(({ name }) => name === source)
    ? new NotFoundError(source)
    : undefined;
}

/** Copies one environment to another of its config repo, step by step. Another source needs another `key`. */
export function CopyEnvironment(props: {
  configRepo: string;
  source: string;
  /** What can be chosen instead, and which of them this source is; without them, the environments of the config repo. */
  sources?: { choices: readonly Choice[]; value: string };
  /** Leads to the copy of another environment. */
  onSource: (source: string, form: CopyForm) => void;
}) {
  const { configRepo, onSource, source, sources } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('copy-step');
  const { change: changeForm, form } = useCopyForm();
  const { change, go, step } = useCopyStep(form);
  const environments = useComparedEnvironments(configRepo);
  const all = environments.status === 'loaded' ? environments.value : [];
  const problem = problemOf(environments, source);
  const copy = useMemo(() => copyOf(source, form), [source, form]);
  const { asked, planAgain, state } = usePlannedCopy(
    configRepo,
    step === 'result' ? undefined : copy,
  );
  const planned = useMemo(
    () => (copy ? plannedOf(state) : undefined),
    [copy, state],
  );
  const [message, setMessage] = useState<string>();
  const lacking = lackingOf(form);
  const content = useRef<HTMLDivElement>(null);
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current !== step) {
      seen.current = step;
      content.current?.focus();
    }
  }, [step]);
  const working =
    step !== 'result' &&
    copy !== undefined &&
    (state.status === 'planning' || planned?.outdated === true);
  const open = stepsOpen(step, lacking);

  const planStep = () => {
    if (!copy) {
      return lacking && <>{t(`copyLacking.${lacking}`)}</>;
    }
    if (state.status === 'error') {
      return (
        <ErrorState
          error={state.error}
          title={t('review.planError')}
          permission="slipway.change.create"
          onRetry={planAgain}
        />
      );
    }
    return planned ? (
      <PlanStep
        configRepo={configRepo}
        state={state}
        planned={planned}
        message={message}
        onMessage={setMessage}
        planAgain={planAgain}
        onBack={() => go('what')}
        onCommitted={({ summary }) => go('result', summary.id)}
      />
    ) : (
      <LoadingRows label={t('review.planning')} />
    );
  };

  const body = () => {
    if (change !== undefined) {
      return <ResultStep change={change} onBack={() => go('plan')} />;
    }
    if (step === 'plan') {
      return planStep();
    }
    return (
      <>
        {step === 'place' ? (
          <PlaceStep
            configRepo={configRepo}
            source={sources?.value ?? source}
            sources={sources?.choices ?? all.map(environmentChoice)}
            onSource={chosen => onSource(chosen, form)}
            others={all.filter(({ name }) => name !== source)}
            form={form}
            onChange={changeForm}
            plan={planned?.plan}
          />
        ) : (
          <>
            <Announcement
              text={copy ? announcementOf(t, state, { status: 'idle' }) : ''}
            />
            <WhatStep
              configRepo={configRepo}
              source={source}
              form={form}
              onChange={changeForm}
              asked={asked}
              planned={planned}
            />
          </>
        )}
        {copy && state.status === 'error' && (
          <Box mt={2}>
            <ErrorState
              error={state.error}
              title={t('review.planError')}
              permission="slipway.change.create"
              onRetry={planAgain}
            />
          </Box>
        )}
      </>
    );
  };

  // What was copied is there to see, whatever became of the source.
  if (problem && change === undefined) {
    return (
      <ErrorState
        error={problem}
        title={t('compare.environmentsError')}
        permission="slipway.environment.read"
        onRetry={() =>
          environments.status !== 'loading' && environments.refetch()
        }
      />
    );
  }
  return (
    <Paper variant="outlined">
      <CopyStepper step={step} open={open} onStep={to => go(to)} />
      <div className={classes.progress}>
        {working && <LinearProgress aria-label={t('review.planning')} />}
      </div>
      <div
        ref={content}
        role="region"
        tabIndex={-1}
        aria-labelledby={id}
        className={classes.content}
      >
        <Typography
          variant="h5"
          component="h2"
          id={id}
          className={classes.heading}
        >
          {t(`copyStep.${step}`)}
        </Typography>
        {body()}
      </div>
      {/* Where there is a plan, the way back stands beside the button that copies. */}
      {step !== 'result' && !(step === 'plan' && planned) && (
        <StepBar
          step={step}
          open={open}
          form={form}
          lacking={lacking}
          onStep={to => go(to)}
        />
      )}
    </Paper>
  );
}
