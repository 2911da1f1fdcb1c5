import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1.5, 4),
      margin: 0,
      '& dt': {
        color: theme.palette.textSubtle,
        fontSize: theme.typography.caption.fontSize,
      },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'SlipwayFacts' },
);

/** What there is to know of something, side by side; what is not known is left out. */
export function Facts(props: {
  facts: Array<{ label: string; value: ReactNode }>;
}) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.facts
        .filter(({ value }) => value !== undefined && value !== '')
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
