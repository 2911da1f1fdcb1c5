import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type {
  ModuleDetails,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { engineObjectName, reasonText, RelativeTime } from '../status';
import { Text, useLanguage, useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
      '&:empty': { display: 'none' },
    },
  }),
  { name: 'SlipwayModuleProblems' },
);

interface Problem {
  severity: 'error' | 'warning' | 'info';
  text: string;
  since?: string;
  /** What the engine says, so that a reason which only repeats it is left out. */
  message?: string;
}

/** Engines say how a sync ended twice, Argo CD the second time with its revision. */
function repeats(condition: string, operation: string): boolean {
  return condition === operation || condition.endsWith(`: ${operation}`);
}

function problemsOf(
  t: Text,
  details: ModuleDetails,
  language: string,
): Problem[] {
  const { engineObjects, module } = details;
  const several = engineObjects.length > 1;
  const reasons = module.states.flatMap(({ fileSync, health, sync }) =>
    [health, sync, fileSync].map(({ reason, since }) => ({ reason, since })),
  );
  const problems: Problem[] = [];
  for (const engineObject of engineObjects) {
    const { conditions, operation, ref } = engineObject;
    const place = (text: string) =>
      several
        ? t('modulePage.onTarget', {
            cluster: engineObjectName(ref),
            text,
          })
        : text;
    const hidden =
      engineObject.reason && reasonText(t, engineObject.reason, language);
    const message = operation?.message ?? hidden ?? t('modulePage.noMessage');
    const failed =
      operation?.phase === 'Failed' || operation?.phase === 'Error';
    if (failed) {
      problems.push({
        severity: operation.overtaken ? 'warning' : 'error',
        text: place(
          operation.overtaken
            ? t('modulePage.syncFailedBefore', { message })
            : t('modulePage.syncFailed', { message }),
        ),
        since: operation.finishedAt,
        message,
      });
    }
    if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
      const by =
        operation.initiatedBy &&
        t('modulePage.syncingBy', { person: operation.initiatedBy });
      const retries = reasons.some(
        ({ reason }) =>
          reason?.code === 'reconcileRetrying' &&
          reason.params.message === message,
      );
      const what = retries
        ? t('modulePage.retrying', { message })
        : t('modulePage.syncing', { message });
      problems.push({
        severity: retries ? 'warning' : 'info',
        text: place([what, by].filter(Boolean).join(' · ')),
        since: operation.startedAt,
        message,
      });
    }
    if (hidden && !problems.some(problem => problem.message === hidden)) {
      problems.push({ severity: 'info', text: hidden, message: hidden });
    }
    for (const condition of conditions) {
      if (failed && repeats(condition.message, message)) {
        continue;
      }
      problems.push({
        // Argo CD names its conditions …Error and …Warning.
        severity: condition.type.endsWith('Warning') ? 'warning' : 'error',
        text: place(t('modulePage.condition', condition)),
        since: condition.since,
        message: condition.message,
      });
    }
  }
  const said = problems.map(({ message }) => message);
  const isNews = (reason: Reason) => {
    const message =
      reason.params.message ??
      reason.params.detail ??
      reasonText(t, reason, language);
    return !said.includes(message);
  };
  for (const { reason, since } of reasons) {
    if (reason && isNews(reason)) {
      const text = reasonText(t, reason, language);
      if (!problems.some(problem => problem.text === text)) {
        problems.push({ severity: 'warning', text, since });
      }
    }
  }
  return problems;
}

/** The last error, the conditions and the reasons, in words. Nothing where all is well. */
export function ModuleProblems(props: { details: ModuleDetails }) {
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  return (
    <section aria-label={t('modulePage.problems')} className={classes.root}>
      {problemsOf(t, props.details, language).map(
        ({ severity, since, text }) => (
          <Alert
            key={text}
            severity={severity}
            role={severity === 'error' ? 'alert' : 'note'}
          >
            {text}
            {since && (
              <>
                {' · '}
                <RelativeTime at={since} />
              </>
            )}
          </Alert>
        ),
      )}
    </section>
  );
}
