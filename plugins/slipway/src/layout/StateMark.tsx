import type { ComponentType, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      '& svg': { fontSize: '1.25em', color: theme.palette.textSubtle },
    },
    telling: { '& svg': { color: theme.palette.status.warning } },
  }),
  { name: 'SlipwayStateMark' },
);

/** A state as icon and word. Only one that is not quiet has a colour. */
export function StateMark(props: {
  icon: ComponentType<SvgIconProps>;
  quiet: boolean;
  children: ReactNode;
}) {
  const { children, icon: Icon, quiet } = props;
  const classes = useStyles();
  return (
    <span className={`${classes.root} ${quiet ? '' : classes.telling}`}>
      <Icon aria-hidden />
      {children}
    </span>
  );
}
