import type { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import AddCircleOutline from '@material-ui/icons/AddCircleOutline';
import ArrowForward from '@material-ui/icons/ArrowForward';
import Cancel from '@material-ui/icons/Cancel';
import DragHandle from '@material-ui/icons/DragHandle';
import Edit from '@material-ui/icons/Edit';
import RemoveCircleOutline from '@material-ui/icons/RemoveCircleOutline';
import ReportProblemOutlined from '@material-ui/icons/ReportProblemOutlined';
import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';

type Status = PlannedFile['status'];

const icons: { [status in Status]: ComponentType<SvgIconProps> } = {
  created: AddCircleOutline,
  modified: Edit,
  deleted: RemoveCircleOutline,
  renamed: ArrowForward,
  unchanged: DragHandle,
  conflict: ReportProblemOutlined,
  refused: Cancel,
};

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      whiteSpace: 'nowrap',
      '& svg': { fontSize: '1.25em', color: theme.palette.textSubtle },
    },
    conflict: { '& svg': { color: theme.palette.status.warning } },
    refused: { '& svg': { color: theme.palette.status.error } },
  }),
  { name: 'SlipwayFileStatusMark' },
);

/** What becomes of a file: icon and word. Only what needs a person has a colour. */
export function FileStatusMark(props: { status: Status }) {
  const { status } = props;
  const classes = useStyles();
  const t = useText();
  const Icon = icons[status];
  const tone =
    status === 'conflict' || status === 'refused' ? classes[status] : '';
  const word =
    status === 'unchanged' || status === 'conflict' || status === 'refused'
      ? t(`review.${status}`)
      : t(`diff.${status}`);
  return (
    <span className={`${classes.root} ${tone}`}>
      <Icon aria-hidden />
      {word}
    </span>
  );
}
