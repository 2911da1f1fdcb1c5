import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import SwapHoriz from '@material-ui/icons/SwapHoriz';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      marginBottom: theme.spacing(3),
      padding: theme.spacing(2),
    },
    select: { minWidth: 240, maxWidth: '100%' },
  }),
  { name: 'SlipwayEnvironmentChoice' },
);

/** Which environment to compare with, and the way to look from its side. */
export function EnvironmentChoice(props: {
  environments: readonly Environment[];
  other: string | undefined;
  onChoose: (other: string) => void;
  onSwap: () => void;
}) {
  const { environments, other, onChoose, onSwap } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('other');
  const options = environments.map(({ name, title }) => ({
    value: name,
    label: title && title !== name ? `${title} (${name})` : name,
  }));
  // What the URL names stays chosen, even where it is not there.
  if (other && !options.some(({ value }) => value === other)) {
    options.push({ value: other, label: other });
  }
  return (
    <Paper variant="outlined" className={classes.root}>
      <TextField
        select
        id={id}
        size="small"
        variant="outlined"
        className={classes.select}
        label={t('compare.with')}
        value={other ?? ''}
        disabled={options.length === 0}
        SelectProps={{ SelectDisplayProps: { 'aria-haspopup': 'listbox' } }}
        onChange={event => onChoose(event.target.value)}
      >
        {options.map(({ label, value }) => (
          <MenuItem key={value} value={value}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <Button startIcon={<SwapHoriz />} disabled={!other} onClick={onSwap}>
        {t('compare.swap')}
      </Button>
    </Paper>
  );
}
