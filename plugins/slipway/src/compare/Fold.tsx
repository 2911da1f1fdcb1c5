import { ReactNode, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { useUniqueId } from '../layout';

/** What is there on demand, behind a button that says what it is. */
export function Fold(props: {
  show: string;
  hide: string;
  children: ReactNode;
}) {
  const { show, hide, children } = props;
  const id = useUniqueId('fold');
  const [open, setOpen] = useState(false);
  return (
    <Box mt={1}>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        startIcon={open ? <ExpandLess /> : <ExpandMore />}
        onClick={() => setOpen(!open)}
      >
        {open ? hide : show}
      </Button>
      {open && <div id={id}>{children}</div>}
    </Box>
  );
}
