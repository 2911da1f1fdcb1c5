import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { shortReasonText, StateMark, useNow } from '../status';
import { useLanguage, useText } from '../translation';

/** Whether what is shown of an environment is only its last known state. */
export function isStale(environment: Environment): boolean {
  return environment.targets.some(
    target => target.connection === 'Unreachable',
  );
}

/** The deploy status in words, with the reason in short behind it where all is not well, and in full on hover. */
export function DeployStatus(props: { environment: Environment }) {
  const { deployStatus } = props.environment;
  const t = useText();
  const language = useLanguage();
  const now = useNow();
  const { reason, since, state } = deployStatus;
  const short =
    reason && state !== 'Deployed'
      ? shortReasonText(t, reason, now, language)
      : undefined;
  const separated = short && state !== 'Deploying' ? `· ${short}` : short;
  return (
    <StateMark
      of="deployStatus"
      state={state}
      since={since}
      reason={reason}
      detail={separated}
      stale={isStale(props.environment)}
    />
  );
}
