import { alpha, makeStyles } from '@material-ui/core/styles';

/** How lines of code and their changes look in tables. */
export const useDiffStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontFamily: 'monospace',
      fontSize: theme.typography.body2.fontSize,
      lineHeight: 1.5,
      '& th, & td': { padding: theme.spacing(0, 1), verticalAlign: 'top' },
      '& thead th': {
        textAlign: 'left',
        fontFamily: theme.typography.fontFamily,
        fontWeight: 'normal',
        whiteSpace: 'nowrap',
        color: theme.palette.textSubtle,
      },
    },
    split: { tableLayout: 'fixed', minWidth: 720 },
    number: {
      width: '4.5em',
      textAlign: 'right',
      fontWeight: 'normal',
      userSelect: 'none',
      color: theme.palette.textSubtle,
    },
    sign: { width: '1.5em', whiteSpace: 'pre' },
    text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    added: {
      backgroundColor: alpha(theme.palette.success.main, 0.18),
      // What is subtle on paper is too faint on a colour.
      '& $number, &$number': { color: theme.palette.text.primary },
    },
    removed: {
      backgroundColor: alpha(theme.palette.error.main, 0.18),
      '& $number, &$number': { color: theme.palette.text.primary },
    },
    absent: { backgroundColor: theme.palette.action.hover },
    hunk: {
      textAlign: 'left',
      fontWeight: 'normal',
      backgroundColor: theme.palette.action.hover,
    },
  }),
  { name: 'SlipwayDiff' },
);
