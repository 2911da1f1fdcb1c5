import type { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Add from '@material-ui/icons/Add';
import Check from '@material-ui/icons/Check';
import CompareArrows from '@material-ui/icons/CompareArrows';
import HelpOutline from '@material-ui/icons/HelpOutline';
import PlayArrow from '@material-ui/icons/PlayArrow';
import Remove from '@material-ui/icons/Remove';
import type {
  LiveObjectState,
  LiveSource,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { stateText } from './liveText';

const icons: { [state in LiveObjectState]: ComponentType<SvgIconProps> } = {
  Same: Check,
  Created: Add,
  Changed: CompareArrows,
  Pruned: Remove,
  Hook: PlayArrow,
  Unknown: HelpOutline,
};

const QUIET: readonly LiveObjectState[] = ['Same', 'Hook', 'Unknown'];

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
  { name: 'SlipwayLiveMark' },
);

/** What a sync would do with an object: icon and word. Only what it would touch has a colour. */
export function LiveMark(props: {
  state: LiveObjectState;
  source: LiveSource;
}) {
  const { state, source } = props;
  const classes = useStyles();
  const t = useText();
  const Icon = icons[state];
  return (
    <span
      className={`${classes.root} ${
        QUIET.includes(state) ? '' : classes.telling
      }`}
    >
      <Icon aria-hidden />
      {stateText(t, state, source)}
    </span>
  );
}
