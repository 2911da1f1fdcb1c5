import { useEffect, useMemo, useState } from 'react';
import Box from '@material-ui/core/Box';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FileMatchesItemsInner } from '@slipway/backstage-plugin-slipway-common';
import { slipwayApiRef } from '../api';
import { useLiveQuery } from '../live';
import { EmptyPanel, ErrorState, LoadingRows } from '../states';
import { useText } from '../translation';
import { FileScope, scopeQuery } from './fileScope';

const TYPING_MS = 250;
const MIN_LENGTH = 2;
const MAX_MATCHES = 200;

const useStyles = makeStyles(
  theme => ({
    path: {
      margin: 0,
      padding: theme.spacing(1, 1, 0.25),
      overflowWrap: 'anywhere',
      fontSize: 'inherit',
    },
    lines: { listStyle: 'none', margin: 0, padding: 0 },
    line: {
      display: 'flex',
      gap: theme.spacing(1),
      width: '100%',
      padding: theme.spacing(0.25, 1),
      textAlign: 'left',
      color: 'inherit',
      '&:hover': { backgroundColor: theme.palette.action.hover },
    },
    number: {
      minWidth: '3em',
      textAlign: 'right',
      color: theme.palette.textSubtle,
    },
    text: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      fontFamily: 'monospace',
    },
    note: { padding: theme.spacing(1), color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayContentMatches' },
);

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

/** The same file may be part of several modules: its lines are told once. */
function byFile(items: readonly FileMatchesItemsInner[]) {
  const files = new Map<string, Map<number, FileMatchesItemsInner>>();
  for (const item of items) {
    const key = `${item.configRepo}:${item.path}`;
    const lines = files.get(key) ?? new Map();
    files.set(key, lines.set(item.line, item));
  }
  return [...files].map(([key, lines]) => ({
    key,
    lines: [...lines.values()],
  }));
}

export interface ContentMatchesProps {
  scope: FileScope;
  text: string;
  onOpen: (match: FileMatchesItemsInner) => void;
}

function Matches(props: ContentMatchesProps) {
  const { scope, text, onOpen } = props;
  const api = useApi(slipwayApiRef);
  const classes = useStyles();
  const t = useText();
  const query = useLiveQuery({
    key: JSON.stringify([scope, text]),
    fetch: () =>
      api.searchFiles({ ...scopeQuery(scope), text, limit: MAX_MATCHES }),
  });
  const items = query.status === 'loaded' ? query.value.items : undefined;
  const files = useMemo(() => byFile(items ?? []), [items]);

  if (query.status === 'loading') {
    return <LoadingRows label={t('files.searching')} />;
  }
  if (query.status === 'error') {
    return (
      <ErrorState
        error={query.error}
        title={t('files.searchError')}
        permission="slipway.file.read"
        onRetry={query.refetch}
      />
    );
  }
  if (files.length === 0) {
    return (
      <EmptyPanel title={t('files.noMatchTitle')} text={t('files.noContent')} />
    );
  }
  return (
    <div aria-busy={query.outdated}>
      <div role="status" className={classes.note}>
        {t('files.matches', {
          count: files.reduce((sum, { lines }) => sum + lines.length, 0),
        })}
      </div>
      {files.map(({ key, lines }) => (
        <section key={key} aria-label={lines[0].path}>
          <h4 className={classes.path}>{lines[0].path}</h4>
          <ul className={classes.lines}>
            {lines.map(match => (
              <li key={match.line}>
                <Link
                  component="button"
                  type="button"
                  underline="none"
                  className={classes.line}
                  onClick={() => onOpen(match)}
                >
                  <span className={classes.number}>{match.line}</span>
                  <span className={classes.text}>{match.text.trim()}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {query.value.truncated && (
        <p className={classes.note}>{t('files.truncated')}</p>
      )}
    </div>
  );
}

/** Lines that contain what was typed, by file. */
export function ContentMatches(props: ContentMatchesProps) {
  const t = useText();
  const text = usePaused(props.text);
  return text.length < MIN_LENGTH ? (
    <Box p={1}>{t('files.tooShort')}</Box>
  ) : (
    <Matches {...props} text={text} />
  );
}
