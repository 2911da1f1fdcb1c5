import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useUniqueId } from './useUniqueId';

/** A part of a page, under its own heading where it has one. */
export function Section(props: {
  title?: string;
  padded?: boolean;
  children: ReactNode;
}) {
  const { title, padded, children } = props;
  const id = useUniqueId('section');
  return (
    <Box component="section" mb={3} {...(title && { 'aria-labelledby': id })}>
      {title && (
        <Box mb={1}>
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
