import { useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type {
  ModuleDetails,
  ModuleOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { SyncPlan } from '../liveState';
import { useText } from '../translation';
import { ConfirmDialog } from './ConfirmDialog';
import { enginesOf } from './engineObjects';

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
  const id = useUniqueId('target');
  const [prune, setPrune] = useState(false);
  const [dryRun, setDryRun] = useState(false);
  const [cluster, setCluster] = useState('');
  const engine = enginesOf(engineObjects);
  const clusters = [...new Set(module.states.map(state => state.cluster))];
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
      {clusters.length > 1 && (
        <TextField
          id={id}
          select
          fullWidth
          size="small"
          variant="outlined"
          label={t('modulePage.target')}
          value={cluster}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
          onChange={event => setCluster(event.target.value)}
        >
          <MenuItem value="">{t('modulePage.allTargets')}</MenuItem>
          {clusters.map(name => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
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
