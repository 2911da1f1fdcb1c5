import { makeStyles } from '@material-ui/core/styles';

/** Classes of each tab: under the pointer it is tinted as everything else is. Backstage's theme paints it nearly white, in the dark too. */
export const useTabStyles = makeStyles(
  theme => ({
    tab: {
      // Twice, because the theme's own rule may come later: which is loaded first is the bundler's choice.
      '&&:hover': {
        color: theme.palette.text.primary,
        background: theme.palette.action.hover,
      },
    },
  }),
  { name: 'SlipwayTab' },
);
