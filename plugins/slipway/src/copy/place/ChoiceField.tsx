import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useUniqueId } from '../../layout';

export interface Choice {
  value: string;
  label: string;
}

/** One of several, in a select. What the address names stays chosen, even where it is not there. */
export function ChoiceField(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  /** Stands for choosing none; without it one must be chosen. */
  none?: string;
  required?: boolean;
  helperText?: string;
  className?: string;
}) {
  const { choices, className, helperText, label, none, onChange, required } =
    props;
  const id = useUniqueId('choice');
  const { value } = props;
  const missing = value && !choices.some(choice => choice.value === value);
  const options = missing ? [...choices, { value, label: value }] : choices;
  return (
    <TextField
      select
      id={id}
      size="small"
      variant="outlined"
      className={className}
      required={required}
      label={label}
      value={value}
      helperText={helperText}
      disabled={options.length === 0}
      SelectProps={{ SelectDisplayProps: { 'aria-haspopup': 'listbox' } }}
      onChange={event => onChange(event.target.value)}
    >
      {none !== undefined && <MenuItem value="">{none}</MenuItem>}
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
