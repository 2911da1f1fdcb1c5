import type { ComponentType } from 'react';
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
import { StateMark } from '../layout';
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

/** What a sync would do with an object: icon and word. Only what it would touch has a colour. */
export function LiveMark(props: {
  state: LiveObjectState;
  source: LiveSource;
}) {
  const { state, source } = props;
  const t = useText();
  return (
    <StateMark icon={icons[state]} quiet={QUIET.includes(state)}>
      {stateText(t, state, source)}
    </StateMark>
  );
}
