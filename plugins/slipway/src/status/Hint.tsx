import { KeyboardEvent, ReactNode, useEffect, useRef, useState } from 'react';
import Popper from '@material-ui/core/Popper';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../layout';

const useStyles = makeStyles(
  theme => ({
    anchor: {
      display: 'inline-flex',
      alignItems: 'center',
      verticalAlign: 'middle',
      borderRadius: theme.shape.borderRadius,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    bubble: {
      maxWidth: 380,
      margin: theme.spacing(0.5),
      padding: theme.spacing(1, 1.5),
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      color: theme.palette.text.primary,
      border: `1px solid ${theme.palette.divider}`,
      boxShadow: theme.shadows[4],
      fontFamily: theme.typography.fontFamily,
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.5,
      overflowWrap: 'anywhere',
      '& p': { margin: 0 },
    },
    popper: { zIndex: theme.zIndex.tooltip },
  }),
  { name: 'SlipwayHint' },
);

/**
 * A tooltip that costs nothing until it is pointed at, so that a page of 500 rows may have thousands of them.
 * It opens on hover and on keyboard focus, stays while the pointer is on it, and closes with Escape.
 */
export function Hint(props: {
  hint: ReactNode;
  children: ReactNode;
  className?: string;
  /** The child takes the focus itself. */
  interactiveChild?: boolean;
}) {
  const classes = useStyles();
  const anchor = useRef<HTMLSpanElement>(null);
  const closing = useRef<ReturnType<typeof setTimeout>>();
  const id = useUniqueId('hint');
  const [open, setOpen] = useState(false);
  useEffect(() => () => clearTimeout(closing.current), []);

  const show = () => {
    clearTimeout(closing.current);
    setOpen(true);
  };
  const hide = () => {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => setOpen(false), 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setOpen(false);
    }
  };

  return (
    <span
      ref={anchor}
      className={`${classes.anchor} ${props.className ?? ''}`}
      // A tooltip must be reachable by keyboard although its anchor does nothing.
      tabIndex={props.interactiveChild ? undefined : 0}
      role={props.interactiveChild ? undefined : 'note'}
      aria-describedby={open ? id : undefined}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={onKeyDown}
    >
      {props.children}
      {open && (
        <Popper
          open
          id={id}
          role="tooltip"
          placement="bottom-start"
          anchorEl={anchor.current}
          // Inside the page's landmark, where screen readers look.
          container={anchor.current?.closest('main')}
          className={classes.popper}
        >
          <div className={classes.bubble} onMouseEnter={show}>
            {props.hint}
          </div>
        </Popper>
      )}
    </span>
  );
}
