import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { useText } from '../translation';

interface TargetSelectProps {
  details: ModuleDetails;
  /** The name of a cluster; empty for all targets. */
  cluster: string;
  onChange: (cluster: string) => void;
  fullWidth?: boolean;
  className?: string;
}

/** Which cluster of a module is meant; nothing where it has only one. */
export function TargetSelect(props: TargetSelectProps) {
  const { className, cluster, details, fullWidth, onChange } = props;
  const t = useText();
  const id = useUniqueId('target');
  const clusters = [
    ...new Set(details.module.states.map(state => state.cluster)),
  ];
  if (clusters.length < 2) {
    return null;
  }
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      className={className}
      fullWidth={fullWidth}
      label={t('modulePage.target')}
      value={cluster}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      onChange={event => onChange(event.target.value)}
    >
      <MenuItem value="">{t('modulePage.allTargets')}</MenuItem>
      {clusters.map(name => (
        <MenuItem key={name} value={name}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
