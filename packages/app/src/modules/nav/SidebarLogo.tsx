import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles, type Theme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Logo } from './Logo';

const useStyles = makeStyles(
  (theme: Theme) => ({
    root: {
      width: sidebarConfig.drawerWidthClosed,
      height: 3 * sidebarConfig.logoHeight,
      display: 'flex',
      alignItems: 'center',
      marginBottom: -14,
    },
    link: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginLeft: 20,
      color: theme.palette.navigation.selectedColor,
    },
  }),
  { name: 'DemoSidebarLogo' },
);

export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();

  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <Logo height={32} />
        {isOpen && <Typography variant="h6">Slipway</Typography>}
      </Link>
    </div>
  );
}
