import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from './useUniqueId';
import { visuallyHidden } from './visuallyHidden';

const useStyles = makeStyles(
  { hidden: visuallyHidden },
  { name: 'SlipwaySection' },
);

/** A part of a page, under its own heading where it has one. */
export function Section(props: {
  title?: string;
  /** The heading is for screen readers only: something else on the page, such as a tab, shows it already. */
  titleHidden?: boolean;
  padded?: boolean;
  children: ReactNode;
}) {
  const { title, titleHidden, padded, children } = props;
  const classes = useStyles();
  const id = useUniqueId('section');
  return (
    <Box component="section" mb={3} {...(title && { 'aria-labelledby': id })}>
      {title && (
        <Box mb={1} className={titleHidden ? classes.hidden : undefined}>
          <Typography variant="h5" component="h2" id={id}>
            {title}
          </Typography>
        </Box>
      )}
      <Paper variant="outlined">
        {padded ? <Box p={2}>{children}</Box> : children}
      </Paper>
    </Box>
  );
}
