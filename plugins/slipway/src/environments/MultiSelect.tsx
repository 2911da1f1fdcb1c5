import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import { makeStyles } from '@material-ui/core/styles';
import CheckBox from '@material-ui/icons/CheckBox';
import CheckBoxOutlineBlank from '@material-ui/icons/CheckBoxOutlineBlank';
import { useUniqueId } from '../layout';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 128, maxWidth: 240 },
    tick: { marginRight: theme.spacing(1) },
  }),
  { name: 'SlipwayMultiSelect' },
);

export interface Option {
  value: string;
  label: string;
}

/** Looks like a checkbox; the option itself is what is selected, so there is no second control in it. */
function Tick(props: { selected: boolean }) {
  const classes = useStyles();
  const Icon = props.selected ? CheckBox : CheckBoxOutlineBlank;
  return (
    <Icon
      aria-hidden
      fontSize="small"
      color={props.selected ? 'primary' : 'inherit'}
      className={classes.tick}
    />
  );
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
    <FormControl
      variant="outlined"
      size="small"
      className={classes.root}
      disabled={all.length === 0}
    >
      <InputLabel id={`${id}-label`}>{label}</InputLabel>
      <Select
        multiple
        id={id}
        labelId={`${id}-label`}
        label={label}
        value={selected}
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
            <Tick selected={selected.includes(option.value)} />
            <ListItemText primary={option.label} />
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
