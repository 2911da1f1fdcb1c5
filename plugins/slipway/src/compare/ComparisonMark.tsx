import type { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import ArrowBack from '@material-ui/icons/ArrowBack';
import ArrowForward from '@material-ui/icons/ArrowForward';
import Check from '@material-ui/icons/Check';
import CompareArrows from '@material-ui/icons/CompareArrows';
import DragHandle from '@material-ui/icons/DragHandle';
import type { ComparisonState } from '@slipway/backstage-plugin-slipway-common';
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
  { name: 'SlipwayComparisonMark' },
);

/** How the two sides of a module or file stand: icon and word. Only what was not to be expected has a colour. */
export function ComparisonMark(props: {
  state: ComparisonState;
  sides: Sides;
}) {
  const { state, sides } = props;
  const classes = useStyles();
  const t = useText();
  const Icon = icons[state];
  return (
    <span
      className={`${classes.root} ${isQuiet({ state }) ? '' : classes.telling}`}
    >
      <Icon aria-hidden />
      {stateText(t, state, sides)}
    </span>
  );
}
