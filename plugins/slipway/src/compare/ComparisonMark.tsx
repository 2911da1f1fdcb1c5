import type { ComponentType } from 'react';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import ArrowBack from '@material-ui/icons/ArrowBack';
import ArrowForward from '@material-ui/icons/ArrowForward';
import Check from '@material-ui/icons/Check';
import CompareArrows from '@material-ui/icons/CompareArrows';
import DragHandle from '@material-ui/icons/DragHandle';
import type { ComparisonState } from '@slipway/backstage-plugin-slipway-common';
import { StateMark } from '../layout';
import { useText } from '../translation';
import { isQuiet } from './comparisonOrder';
import { Sides, stateText } from './sides';

const icons: { [state in ComparisonState]: ComponentType<SvgIconProps> } = {
  different: CompareArrows,
  onlyLeft: ArrowBack,
  onlyRight: ArrowForward,
  expected: Check,
  same: DragHandle,
};

/** How the two sides of a module or file stand: icon and word. Only what was not to be expected has a colour. */
export function ComparisonMark(props: {
  state: ComparisonState;
  sides: Sides;
}) {
  const { state, sides } = props;
  const t = useText();
  return (
    <StateMark icon={icons[state]} quiet={isQuiet({ state })}>
      {stateText(t, state, sides)}
    </StateMark>
  );
}
