import { ReactNode, useState } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';

let nextId = 0;

/** A part of a page under its own heading. */
export function Section(props: {
  title: string;
  padded?: boolean;
  children: ReactNode;
}) {
  const [id] = useState(() => `slipway-section-${(nextId += 1)}`);
  return (
    <Box component="section" mb={3} aria-labelledby={id}>
      <Box mb={1}>
        <Typography variant="h5" component="h2" id={id}>
          {props.title}
        </Typography>
      </Box>
      <Paper variant="outlined">
        {props.padded ? <Box p={2}>{props.children}</Box> : props.children}
      </Paper>
    </Box>
  );
}
