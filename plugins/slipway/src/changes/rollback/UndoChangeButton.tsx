import { useMemo } from 'react';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { RollbackButton } from './RollbackButton';

/** Undoes a whole change by a new commit, after a review; only what reached the branch can be undone. */
export function UndoChangeButton(props: { change: Change }) {
  const { commit, configRepo, id, modules } = props.change.summary;
  const t = useText();
  const environments = useMemo(
    () => [...new Set(modules.map(({ environment }) => environment))],
    [modules],
  );
  if (!commit) {
    return null;
  }
  return (
    <RollbackButton
      configRepo={configRepo}
      rollback={{ change: id }}
      title={t('rollback.change')}
      // What belongs to no module is judged by the plan.
      environments={environments.length > 0 ? environments : undefined}
    />
  );
}
