import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import MenuItem from '@material-ui/core/MenuItem';
import OutlinedInput from '@material-ui/core/OutlinedInput';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import { markOf, StateOf } from '../status';
import { Text, useText } from '../translation';
import { SearchField } from '../environments/SearchField';
import { useUniqueId } from '../layout';
import {
  ModuleFilterName,
  moduleStates,
  ModuleFilterValues,
} from './moduleFilters';

// The modules are all there, so the answer need not wait for more than a burst of keys.
const TYPING_MS = 20;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1.5),
    },
    control: { minWidth: 140 },
  }),
  { name: 'SlipwayModuleFilters' },
);

function StateSelect(props: {
  label: string;
  states: StateOf[];
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, states, value, onChange } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('filter');
  return (
    <FormControl variant="outlined" size="small" className={classes.control}>
      <InputLabel id={`${id}-label`} shrink>
        {label}
      </InputLabel>
      <Select
        id={id}
        labelId={`${id}-label`}
        input={<OutlinedInput label={label} notched />}
        displayEmpty
        value={value}
        onChange={event => onChange(String(event.target.value))}
      >
        <MenuItem value="">{t('module.any')}</MenuItem>
        {states.map(state => (
          <MenuItem key={state.state} value={state.state}>
            {markOf(state).word(t)}
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}

function columns(
  t: Text,
): Array<{ name: ModuleFilterName; label: string; states: StateOf[] }> {
  return [
    {
      name: 'health',
      label: t('module.health'),
      states: moduleStates.health.map(state => ({ of: 'health', state })),
    },
    {
      name: 'sync',
      label: t('module.sync'),
      states: moduleStates.sync.map(state => ({ of: 'sync', state })),
    },
    {
      name: 'fileSync',
      label: t('module.files'),
      states: moduleStates.fileSync.map(state => ({ of: 'fileSync', state })),
    },
  ];
}

/** Search, and one filter for each of the three states, kept in the URL. */
export function ModuleFilters(props: {
  filters: ModuleFilterValues;
  onChange: (name: ModuleFilterName | 'q', value: string) => void;
}) {
  const { filters, onChange } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div role="group" aria-label={t('module.filter')} className={classes.root}>
      <SearchField
        value={filters.search}
        hint={t('module.search')}
        pause={TYPING_MS}
        onChange={search => onChange('q', search)}
      />
      {columns(t).map(({ name, label, states }) => (
        <StateSelect
          key={name}
          label={label}
          states={states}
          value={filters[name] ?? ''}
          onChange={value => onChange(name, value)}
        />
      ))}
    </div>
  );
}
