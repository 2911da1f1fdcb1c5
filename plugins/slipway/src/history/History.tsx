import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { EmptyPanel, Loaded } from '../states';
import { useText } from '../translation';
import { CommitTable, shortCommit } from './CommitTable';
import { DiffOf } from './DiffOf';
import { useHistory } from './useHistory';
import { useRestore } from './useRestore';

/** Commits that come first, and that each *Show more* adds. */
const ROWS_STEP = 50;

export interface HistoryProps {
  configRepo: string;
  /** A file or a directory. */
  path: string;
  /** Those that a change to it reaches, where they are known. */
  environments?: readonly string[];
  /** What is shown of it: the commits, what one changed, or what lies between two. */
  selection: { commit?: string; base?: string };
  select: (selection: {
    view: 'history';
    commit?: string;
    base?: string;
  }) => void;
  /** Shows the file as it was at a commit; only files have that. */
  onView?: (commit: string) => void;
}

/** The two newest choices. */
function choose(chosen: readonly string[], commit: string): string[] {
  return chosen.includes(commit)
    ? chosen.filter(other => other !== commit)
    : [...chosen, commit].slice(-2);
}

function Commits(props: HistoryProps) {
  const { configRepo, environments, path, select, onView } = props;
  const t = useText();
  const [rows, setRows] = useState(ROWS_STEP);
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useHistory(configRepo, path, rows);
  const restore = useRestore({ configRepo, environments, path });

  return (
    <Loaded
      query={query}
      loading={{ label: t('history.loading') }}
      failure={{ title: t('history.error'), permission: 'slipway.file.read' }}
    >
      {({ outdated, value }) => {
        const { items, nextCursor } = value;
        if (items.length === 0) {
          return (
            <EmptyPanel
              title={t('history.emptyTitle')}
              text={t('history.empty')}
            />
          );
        }
        // Newest first, whatever the order of the choosing.
        const [to, from] = items
          .map(({ commit }) => commit)
          .filter(commit => chosen.includes(commit));
        return (
          <div aria-busy={outdated}>
            <Box m={2} display="flex" alignItems="center" flexWrap="wrap">
              {from ? (
                <Button
                  size="small"
                  variant="outlined"
                  onClick={() =>
                    select({ view: 'history', commit: to, base: from })
                  }
                >
                  {t('history.compare')}
                </Button>
              ) : (
                t('history.compareHint')
              )}
            </Box>
            <CommitTable
              path={path}
              commits={items}
              chosen={chosen}
              onChoose={commit => setChosen(choose(chosen, commit))}
              onOpen={commit => select({ view: 'history', commit })}
              onRestore={restore.ask}
              onView={onView}
            />
            {restore.drawer}
            {nextCursor && (
              <Box m={1} textAlign="center">
                <Button size="small" onClick={() => setRows(rows + ROWS_STEP)}>
                  {t('history.more')}
                </Button>
              </Box>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

/** How a file or a directory came to be: its commits, and what they changed of it. */
export function History(props: HistoryProps) {
  const { configRepo, path, selection, select } = props;
  const { commit, base } = selection;
  const t = useText();
  if (!commit) {
    return <Commits {...props} />;
  }
  return (
    <>
      <Box m={2}>
        <Button size="small" onClick={() => select({ view: 'history' })}>
          {t('history.back')}
        </Button>
        <Box component="h4" fontSize="body1.fontSize" mb={0}>
          {base
            ? t('history.between', {
                from: shortCommit(base),
                to: shortCommit(commit),
              })
            : t('history.changeOf', { commit: shortCommit(commit) })}
        </Box>
      </Box>
      <DiffOf
        key={`${base}..${commit}`}
        configRepo={configRepo}
        query={{
          path,
          toRevision: commit,
          ...(base && { fromRevision: base }),
        }}
      />
    </>
  );
}
