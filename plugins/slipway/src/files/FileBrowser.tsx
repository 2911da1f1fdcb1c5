import { useMemo, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FileEntry,
  FilePage,
} from '@slipway/backstage-plugin-slipway-common';
import type { Draft, DraftMark } from '../editor';
import { EmptyPanel } from '../states';
import { useText } from '../translation';
import { BrowserActions, DroppedFiles } from './BrowserActions';
import { ContentMatches } from './ContentMatches';
import { environmentsIn, FileScope } from './fileScope';
import { FileSearch, SearchMode } from './FileSearch';
import { buildFileTree, directoryOf, FileNode, ModuleRoot } from './fileTree';
import { FileTree } from './FileTree';
import { createFileFilter } from './filterFiles';
import { directoryTarget, targetDirectory } from './targetDirectory';
import { useDropFiles } from './useDropFiles';
import type { FileSelectionState } from './useFileSelection';

/** Files found by name of which the tree is drawn: who has more types on. */
const MAX_FOUND = 400;

const useStyles = makeStyles(
  theme => ({
    results: { maxHeight: '70vh', overflow: 'auto', position: 'relative' },
    shown: {
      padding: theme.spacing(1),
      borderTop: `1px solid ${theme.palette.divider}`,
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayFileBrowser' },
);

interface FileBrowserProps extends FileSelectionState {
  scope: FileScope;
  /** With the files that drafts add. */
  page: FilePage;
  roots: ReadonlyMap<string, ModuleRoot>;
  /** What the branch holds. */
  branch: readonly FileEntry[];
  drafts: readonly Draft[];
  marks: ReadonlyMap<string, DraftMark>;
}

function findNode(
  nodes: readonly FileNode[],
  id: string,
): FileNode | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children, id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The search box, and below it the tree or what was found in the files. */
export function FileBrowser(props: FileBrowserProps) {
  const { scope, page, roots, branch, drafts, marks, selection, select } =
    props;
  const classes = useStyles();
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [mode, setMode] = useState<SearchMode>('name');

  const filter = useMemo(() => createFileFilter(page.items), [page.items]);
  const words = mode === 'name' ? text.trim() : '';
  const found = useMemo(() => filter(words), [filter, words]);
  const environments = useMemo(
    () => environmentsIn(scope, page.environments),
    [scope, page.environments],
  );
  const nodes = useMemo(
    () =>
      buildFileTree({
        items: words ? found.slice(0, MAX_FOUND) : found,
        roots,
        environments,
        filtered: words !== '',
      }),
    [found, roots, environments, words],
  );
  const { configRepo, path } = selection;
  const chosen = useMemo(
    () => (configRepo && path ? { configRepo, path } : undefined),
    [configRepo, path],
  );

  const target = useMemo(
    () => targetDirectory(page.items, roots, chosen),
    [page.items, roots, chosen],
  );
  const [dropped, setDropped] = useState<DroppedFiles>();
  const drop = useDropFiles((id, files) => {
    const node = findNode(nodes, id);
    if (node?.path) {
      const directory =
        node.type === 'file' ? directoryOf(node.path) : node.path;
      setDropped({
        target: directoryTarget(page.items, node.configRepo, directory),
        files,
      });
    }
  });

  return (
    <nav aria-label={t('files.title')}>
      <FileSearch
        text={text}
        mode={mode}
        input={input}
        onText={setText}
        onMode={chosenMode => {
          setMode(chosenMode);
          input.current?.focus();
        }}
        onLeave={() =>
          results.current
            ?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')
            ?.focus()
        }
      />
      <BrowserActions
        drafts={drafts}
        items={branch}
        target={target}
        dropped={dropped}
        onCreated={(repo, created) =>
          select({ configRepo: repo, path: created, view: 'edit' })
        }
      />
      <div className={classes.results} {...drop.handlers}>
        {mode === 'content' && text.trim() && (
          <ContentMatches
            scope={scope}
            text={text.trim()}
            onOpen={match =>
              select({
                configRepo: match.configRepo,
                path: match.path,
                line: match.line,
              })
            }
          />
        )}
        {words && found.length === 0 && (
          <EmptyPanel
            title={t('files.noMatchTitle')}
            text={t('files.noMatch')}
          />
        )}
        {(mode === 'name' || !text.trim()) && nodes.length > 0 && (
          <FileTree
            // A search opens all that it finds, whatever was closed before.
            key={words ? 'found' : 'all'}
            nodes={nodes}
            allOpen={words !== '' || 'module' in scope}
            selected={chosen}
            marks={marks}
            dropping={drop.over}
            container={results}
            onSelect={node =>
              select({ configRepo: node.configRepo, path: node.path })
            }
          />
        )}
      </div>
      <div className={classes.shown} role="status">
        {words
          ? t('files.shown', {
              shown: String(Math.min(found.length, MAX_FOUND)),
              total: String(found.length),
            })
          : t('files.count', { count: page.items.length })}
      </div>
    </nav>
  );
}
