import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: { ...theme.typography.body2, color: theme.palette.text.primary },
  }),
  { name: 'SlipwayBody' },
);

/** The plugin's own text in the theme's type, whatever the page around it uses. */
export function Body(props: { children: ReactNode }) {
  return <div className={useStyles().root}>{props.children}</div>;
}
