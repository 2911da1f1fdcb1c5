import { useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import type {
  ModuleDetails,
  ModuleOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { SyncPlan } from '../liveState';
import { useText } from '../translation';
import { ConfirmDialog } from './ConfirmDialog';
import { enginesOf } from './engineObjects';
import { TargetSelect } from './TargetSelect';

function Choice(props: {
  label: string;
  text: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useUniqueId('choice');
  return (
    <div>
      <FormControlLabel
        label={props.label}
        control={
          <Checkbox
            color="primary"
            checked={props.checked}
            onChange={(_event, checked) => props.onChange(checked)}
            inputProps={{ 'aria-describedby': id }}
          />
        }
      />
      {props.checked && <FormHelperText id={id}>{props.text}</FormHelperText>}
    </div>
  );
}

/** Sync now: what it does, with pruning, as a trial, on which target. */
export function SyncDialog(props: {
  details: ModuleDetails;
  onAsk: (operation: ModuleOperation) => void;
  onClose: () => void;
}) {
  const { details, onAsk, onClose } = props;
  const { engineObjects, module, operationOptions } = details;
  const t = useText();
  const [prune, setPrune] = useState(false);
  const [dryRun, setDryRun] = useState(false);
  const [cluster, setCluster] = useState('');
  const engine = enginesOf(engineObjects);
  const shared = Math.max(
    0,
    ...engineObjects.map(({ modules }) => modules ?? 1),
  );
  return (
    <ConfirmDialog
      title={t('modulePage.syncTitle', { module: module.title ?? module.name })}
      text={t('modulePage.syncText', {
        engine,
        path: module.path,
        targets: module.states
          .filter(state => !cluster || state.cluster === cluster)
          .map(state => `${state.cluster}/${state.namespace}`)
          .join(', '),
      })}
      confirm={t('modulePage.sync')}
      onClose={onClose}
      onConfirm={() =>
        onAsk({
          type: 'sync',
          prune,
          dryRun,
          cluster: cluster || undefined,
        })
      }
    >
      {shared > 1 && (
        <p>{t('modulePage.syncShared', { number: String(shared) })}</p>
      )}
      <TargetSelect
        details={details}
        fullWidth
        cluster={cluster}
        onChange={setCluster}
      />
      <SyncPlan details={details} cluster={cluster} prune={prune} />
      <FormGroup>
        {operationOptions.includes('prune') && (
          <Choice
            label={t('modulePage.prune')}
            text={t('modulePage.pruneText')}
            checked={prune}
            onChange={setPrune}
          />
        )}
        {operationOptions.includes('dryRun') && (
          <Choice
            label={t('modulePage.dryRun')}
            text={t('modulePage.dryRunText', { engine })}
            checked={dryRun}
            onChange={setDryRun}
          />
        )}
      </FormGroup>
    </ConfirmDialog>
  );
}
