import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  {
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  },
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
