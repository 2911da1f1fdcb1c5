import { KeyboardEvent, RefObject, useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import { DraftMark, fileKey } from '../editor';
import { useText } from '../translation';
import { FileTreeRow } from './FileTreeRow';
import { FileNode, FileRow, visibleRows, waysTo } from './fileTree';

/** Rows that are drawn at first, and that each *Show more* adds: a browser takes thousands badly. */
const ROWS_STEP = 400;

export interface FileTreeProps {
  nodes: readonly FileNode[];
  /** Everything is open until closed by hand: for what a search found. */
  allOpen: boolean;
  selected?: { configRepo: string; path: string };
  /** What drafts do to files. */
  marks: ReadonlyMap<string, DraftMark>;
  /** The row that dragged files are over. */
  dropping?: string;
  onSelect: (node: FileNode) => void;
  /** The element around it, through which the focus comes in from elsewhere. */
  container: RefObject<HTMLDivElement>;
}

function focusRow(container: HTMLElement | null, id: string | undefined) {
  [...(container?.querySelectorAll<HTMLElement>('[data-node]') ?? [])]
    .find(element => element.dataset.node === id)
    ?.focus();
}

/** A tree as the ARIA practices have it: arrows move, open and close; Home and End; Enter chooses. */
export function FileTree(props: FileTreeProps) {
  const { nodes, allOpen, selected, marks, onSelect, container } = props;
  const t = useText();
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(
    new Map(),
  );
  const [focused, setFocused] = useState<string>();
  const [limit, setLimit] = useState(ROWS_STEP);
  const ways = useMemo(
    () =>
      new Set(
        selected ? waysTo(nodes, selected.configRepo, selected.path) : [],
      ),
    [nodes, selected],
  );
  const isOpen = (node: FileNode) =>
    toggled.get(node.id) ?? (allOpen || ways.has(node.id));
  const toggle = (node: FileNode, open = !isOpen(node)) =>
    setToggled(current => new Map(current).set(node.id, open));
  const isSelected = (node: FileNode) =>
    selected !== undefined &&
    node.configRepo === selected.configRepo &&
    node.path === selected.path;

  const rows = visibleRows(nodes, isOpen);
  const shown = rows.slice(0, limit);
  const tabStop =
    shown.find(({ node }) => node.id === focused) ??
    shown.find(({ node }) => isSelected(node)) ??
    shown[0];

  const onClick = (node: FileNode) => {
    if (node.children.length > 0 && (!node.path || isSelected(node))) {
      toggle(node);
    } else if (node.children.length > 0) {
      toggle(node, true);
    }
    if (node.path) {
      onSelect(node);
    }
  };

  const onKeyDown = (event: KeyboardEvent, row: FileRow) => {
    const { node, parent } = row;
    const at = shown.indexOf(row);
    const open = isOpen(node) && node.children.length > 0;
    const moves: { [key: string]: () => void } = {
      ArrowDown: () => focusRow(container.current, shown[at + 1]?.node.id),
      ArrowUp: () => focusRow(container.current, shown[at - 1]?.node.id),
      Home: () => focusRow(container.current, shown[0].node.id),
      End: () => focusRow(container.current, shown[shown.length - 1].node.id),
      ArrowRight: () =>
        open
          ? focusRow(container.current, shown[at + 1]?.node.id)
          : toggle(node, true),
      ArrowLeft: () =>
        open ? toggle(node, false) : focusRow(container.current, parent),
      Enter: () => onClick(node),
      ' ': () => onClick(node),
    };
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && Object.hasOwn(moves, event.key)) {
      event.preventDefault();
      moves[event.key]();
    }
  };

  return (
    <div ref={container}>
      <div role="tree" aria-label={t('files.tree')}>
        {shown.map(row => (
          <FileTreeRow
            key={row.node.id}
            row={row}
            open={isOpen(row.node)}
            selected={isSelected(row.node)}
            mark={
              row.node.type === 'file'
                ? marks.get(fileKey(row.node.configRepo, row.node.path ?? ''))
                : undefined
            }
            dropping={props.dropping === row.node.id}
            focusable={row === tabStop}
            onClick={onClick}
            onToggle={toggle}
            onFocus={node => setFocused(node.id)}
            onKeyDown={onKeyDown}
          />
        ))}
      </div>
      {rows.length > shown.length && (
        <Button size="small" onClick={() => setLimit(limit + ROWS_STEP)}>
          {t('files.more')}
        </Button>
      )}
    </div>
  );
}
