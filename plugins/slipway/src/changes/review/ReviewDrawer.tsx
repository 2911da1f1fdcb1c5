import { useEffect, useRef, useState } from 'react';
import Drawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import { useLocation } from 'react-router-dom';
import { Body, useUniqueId } from '../../layout';
import { ConfirmLeave } from './ConfirmLeave';
import { Review } from './Review';
import type { ReviewOptions } from './useReview';

const useStyles = makeStyles(
  theme => ({
    paper: {
      width: 1120,
      maxWidth: '100%',
      color: theme.palette.text.primary,
      backgroundColor: theme.palette.background.paper,
    },
  }),
  { name: 'SlipwayReviewDrawer' },
);

/**
 * `onSettled`: a conflict of an edit was settled, and this operation stands in for the draft of its path.
 * `onDropped`: it was settled by giving the draft of this path up.
 * `onCommitted`: the change is recorded, so that its drafts are no longer needed; the drawer stays open and follows it.
 */
export interface ReviewDrawerProps extends ReviewOptions {
  open: boolean;
  onClose: () => void;
}

/** Reviews a change before it is committed, commits it, and then follows it. Closing it loses no draft. */
export function ReviewDrawer(props: ReviewDrawerProps) {
  const { onClose, open, ...options } = props;
  const classes = useStyles();
  const id = useUniqueId('review');
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);
  const leave = () => {
    setTyped(false);
    setAsking(false);
    onClose();
  };
  // A link in the drawer leads to another page: that one is what the person wants to see.
  const { pathname } = useLocation();
  const openedAt = useRef(pathname);
  useEffect(() => {
    if (openedAt.current !== pathname) {
      openedAt.current = pathname;
      onClose();
    }
  }, [pathname, onClose]);
  const close = () => (typed ? setAsking(true) : leave());
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={close}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
      }}
    >
      <Body>
        <Review
          {...options}
          titleId={id}
          onTyped={setTyped}
          onClose={close}
          onLeave={leave}
        />
      </Body>
      {asking && (
        <ConfirmLeave onLeave={leave} onStay={() => setAsking(false)} />
      )}
    </Drawer>
  );
}
