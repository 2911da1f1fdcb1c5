import { makeStyles } from '@material-ui/core/styles';
import { visuallyHidden } from '../../layout';

const useStyles = makeStyles(
  { hidden: visuallyHidden },
  { name: 'SlipwayAnnouncement' },
);

/** Tells screen readers each step as it comes. It is there before its words, so that they are said. */
export function Announcement(props: { text: string }) {
  return (
    <div role="status" aria-live="polite" className={useStyles().hidden}>
      {props.text}
    </div>
  );
}
