import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../layout';

const useStyles = makeStyles(
  { root: { minWidth: 128, maxWidth: 240 } },
  { name: 'SlipwayMultiSelect' },
);

export interface Option {
  value: string;
  label: string;
}

/** A filter of which several values may hold. A value from the URL that is no longer there can still be unticked. */
export function MultiSelect(props: {
  label: string;
  options: Option[];
  selected: string[];
  onChange: (selected: string[]) => void;
}) {
  const { label, options, selected, onChange } = props;
  const classes = useStyles();
  const id = useUniqueId('select');
  const known = new Set(options.map(option => option.value));
  const all = [
    ...options,
    ...selected
      .filter(value => !known.has(value))
      .map(value => ({ value, label: value })),
  ];
  const labels = new Map(all.map(option => [option.value, option.label]));
  return (
    <FormControl variant="outlined" size="small" className={classes.root}>
      <InputLabel id={`${id}-label`}>{label}</InputLabel>
      <Select
        multiple
        id={id}
        labelId={`${id}-label`}
        label={label}
        value={selected}
        disabled={all.length === 0}
        onChange={event => onChange(event.target.value as string[])}
        renderValue={() =>
          selected.map(value => labels.get(value) ?? value).join(', ')
        }
        MenuProps={{
          getContentAnchorEl: null,
          anchorOrigin: { vertical: 'bottom', horizontal: 'left' },
        }}
      >
        {all.map(option => (
          <MenuItem key={option.value} value={option.value} dense>
            <Checkbox
              size="small"
              color="primary"
              tabIndex={-1}
              checked={selected.includes(option.value)}
              inputProps={{ 'aria-hidden': true }}
            />
            <ListItemText primary={option.label} />
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
