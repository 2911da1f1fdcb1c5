import { KeyboardEvent } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import ChevronRight from '@material-ui/icons/ChevronRight';
import Description from '@material-ui/icons/DescriptionOutlined';
import ExpandMore from '@material-ui/icons/ExpandMore';
import Folder from '@material-ui/icons/FolderOutlined';
import Layers from '@material-ui/icons/LayersOutlined';
import Widgets from '@material-ui/icons/WidgetsOutlined';
import { DraftMark, DraftMarkText } from '../editor';
import { useText } from '../translation';
import type { FileNode, FileRow } from './fileTree';

const icons = {
  environment: Layers,
  module: Widgets,
  folder: Folder,
  file: Description,
};

const useStyles = makeStyles(
  theme => ({
    row: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.25, 1),
      cursor: 'pointer',
      whiteSpace: 'nowrap',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
      '&[aria-selected=true]': {
        backgroundColor: theme.palette.action.selected,
        fontWeight: theme.typography.fontWeightBold,
      },
      '& svg': {
        fontSize: '1.15rem',
        flex: 'none',
        color: theme.palette.textSubtle,
      },
    },
    chevron: { width: '1.15rem', flex: 'none', display: 'inline-flex' },
    label: { overflow: 'hidden', textOverflow: 'ellipsis' },
    deleted: { textDecoration: 'line-through' },
    dropped: {
      outline: `2px dashed ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
    count: {
      marginLeft: 'auto',
      paddingLeft: theme.spacing(1),
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayFileTreeRow' },
);

export interface FileTreeRowProps {
  row: FileRow;
  open: boolean;
  selected: boolean;
  /** What a draft does to the file. */
  mark?: DraftMark;
  /** Files that are dragged over the page would go here. */
  dropping: boolean;
  /** Whether Tab stops at this row. */
  focusable: boolean;
  onClick: (node: FileNode) => void;
  onToggle: (node: FileNode) => void;
  onFocus: (node: FileNode) => void;
  onKeyDown: (event: KeyboardEvent, row: FileRow) => void;
}

/** One environment, module, folder or file. */
export function FileTreeRow(props: FileTreeRowProps) {
  const { row, open, selected, focusable, mark, dropping } = props;
  const { node, level } = row;
  const classes = useStyles();
  const t = useText();
  const Icon = icons[node.type];
  const Chevron = open ? ExpandMore : ChevronRight;
  const parent = node.children.length > 0;
  return (
    <div
      role="treeitem"
      data-node={node.id}
      className={`${classes.row} ${dropping ? classes.dropped : ''}`}
      style={{ paddingLeft: 8 + (level - 1) * 16 }}
      title={node.path}
      aria-level={level}
      aria-label={
        mark ? `${node.label}, ${t(`editor.mark.${mark}`)}` : node.label
      }
      aria-expanded={parent ? open : undefined}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      onClick={() => props.onClick(node)}
      onFocus={() => props.onFocus(node)}
      onKeyDown={event => props.onKeyDown(event, row)}
    >
      {/* The row itself opens as well, but chooses too: this only opens. */}
      <span
        className={classes.chevron}
        aria-hidden
        onClick={event => {
          event.stopPropagation();
          props.onToggle(node);
        }}
      >
        {parent && <Chevron />}
      </span>
      <Icon aria-hidden />
      <span
        className={`${classes.label} ${
          mark === 'deleted' ? classes.deleted : ''
        }`}
      >
        {node.label}
      </span>
      {mark && <DraftMarkText mark={mark} />}
      {node.type !== 'file' && (
        <span className={classes.count}>{node.files}</span>
      )}
    </div>
  );
}
