import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useUniqueId } from '../../layout';

/** A part of the review under its heading, which screen readers find as a region. */
export function ReviewSection(props: {
  title: string;
  /** Stands beside the heading. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useUniqueId('review');
  return (
    <Box component="section" mb={3} aria-labelledby={id}>
      <Box
        mb={1}
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        justifyContent="space-between"
      >
        <Typography variant="h6" component="h3" id={id}>
          {props.title}
        </Typography>
        {props.action}
      </Box>
      {props.children}
    </Box>
  );
}
