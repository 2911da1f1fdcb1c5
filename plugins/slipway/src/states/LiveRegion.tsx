import { useEffect, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { visuallyHidden } from '../layout';

/** A page that moves every second must not talk every second. */
const QUIET_MS = 30_000;

const useStyles = makeStyles(
  { hidden: visuallyHidden },
  { name: 'SlipwayLiveRegion' },
);

/** Tells screen readers, seldom, that what they read has moved. */
export function LiveRegion(props: {
  /** What is told when it is another. */
  sequence: number | string;
  message: string;
  /** How long it holds its tongue after it spoke, in ms. */
  quietMs?: number;
}) {
  const { sequence, message, quietMs = QUIET_MS } = props;
  const classes = useStyles();
  const first = useRef(sequence);
  const spoken = useRef(Number.NEGATIVE_INFINITY);
  const [text, setText] = useState('');
  useEffect(() => {
    if (sequence === first.current || Date.now() - spoken.current < quietMs) {
      return undefined;
    }
    spoken.current = Date.now();
    setText(message);
    const timer = setTimeout(() => setText(''), 5_000);
    return () => clearTimeout(timer);
  }, [sequence, message, quietMs]);
  return (
    <span className={classes.hidden} aria-live="polite">
      {text}
    </span>
  );
}
