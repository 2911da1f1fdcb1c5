import type { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import AddCircleOutline from '@material-ui/icons/AddCircleOutline';
import Block from '@material-ui/icons/Block';
import Cancel from '@material-ui/icons/Cancel';
import Check from '@material-ui/icons/Check';
import DragHandle from '@material-ui/icons/DragHandle';
import Edit from '@material-ui/icons/Edit';
import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import Redo from '@material-ui/icons/Redo';
import { useText } from '../../translation';
import { CopiedStatus, isWritten } from './copiedFileOrder';

const icons: { [status in CopiedStatus]: ComponentType<SvgIconProps> } = {
  verbatim: FileCopyOutlined,
  rewritten: Edit,
  created: AddCircleOutline,
  same: DragHandle,
  skipped: Redo,
  leftOut: Block,
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
    refused: { '& svg': { color: theme.palette.status.error } },
    done: { '& svg': { color: theme.palette.status.ok } },
  }),
  { name: 'SlipwayCopiedFileMark' },
);

/** What becomes of a file of a copy: icon and word; once it is written, with a tick. */
export function CopiedFileMark(props: { status: CopiedStatus; done: boolean }) {
  const { done, status } = props;
  const classes = useStyles();
  const t = useText();
  const ticked = done && isWritten({ status });
  const Icon = ticked ? Check : icons[status];
  const tone = status === 'refused' ? classes.refused : '';
  return (
    <span className={`${classes.root} ${ticked ? classes.done : tone}`}>
      <Icon {...(ticked ? { titleAccess: '✓' } : { 'aria-hidden': true })} />
      {t(`copyStatus.${status}`)}
    </span>
  );
}
