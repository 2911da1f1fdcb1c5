import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(5, 3),
      maxWidth: 720,
      margin: '0 auto',
      textAlign: 'center',
    },
    text: { color: theme.palette.textSubtle, margin: theme.spacing(1, 0, 2) },
  }),
  { name: 'SlipwayEmptyPanel' },
);

/** Nothing to show: says why, and what to do next. */
export function EmptyPanel(props: {
  title: string;
  text: string;
  children?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <Box className={classes.root}>
      <Typography variant="h6" component="h3">
        {props.title}
      </Typography>
      <Typography variant="body2" className={classes.text}>
        {props.text}
      </Typography>
      {props.children}
    </Box>
  );
}
