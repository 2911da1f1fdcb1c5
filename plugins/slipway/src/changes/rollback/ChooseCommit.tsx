import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Typography from '@material-ui/core/Typography';
import type { Commit, Module } from '@slipway/backstage-plugin-slipway-common';
import { useHistory } from '../../history/useHistory';
import { Body, useUniqueId } from '../../layout';
import { EmptyPanel, ErrorState, LoadingRows } from '../../states';
import { relativeTime, useNow } from '../../status';
import { useLanguage, useText } from '../../translation';
import { appliedCommits } from './appliedCommits';

/** Commits that come first, and that each *Show more* adds. */
const ROWS_STEP = 20;

function CommitItem(props: {
  commit: Commit;
  applied: boolean;
  newest: boolean;
  onChoose: () => void;
}) {
  const { applied, commit, newest, onChoose } = props;
  const t = useText();
  const now = useNow();
  const language = useLanguage();
  const short = commit.commit.slice(0, 7);
  return (
    <li>
      <ListItem
        button
        component="div"
        // What is the newest already has nothing to come back from.
        disabled={newest}
        aria-label={t('rollback.reviewCommit', {
          commit: short,
          subject: commit.subject,
        })}
        onClick={onChoose}
      >
        <ListItemText
          primary={commit.subject}
          secondary={`${short} · ${commit.authorName} · ${relativeTime(
            commit.at,
            now,
            language,
          )}`}
        />
        {newest && <Chip size="small" label={t('rollback.head')} />}
        {applied && (
          <Chip size="small" color="primary" label={t('rollback.applied')} />
        )}
      </ListItem>
    </li>
  );
}

/** The commits that changed a module, to choose the one that comes back. */
export function ChooseCommit(props: {
  module: Module;
  onChoose: (commit: string) => void;
  onClose: () => void;
}) {
  const { module, onChoose, onClose } = props;
  const { configRepo, path } = module;
  const t = useText();
  const id = useUniqueId('rollback');
  const [rows, setRows] = useState(ROWS_STEP);
  const query = useHistory(configRepo, path, rows);
  const title = module.title ?? module.name;

  const body = () => {
    if (query.status === 'loading') {
      return <LoadingRows label={t('history.loading')} />;
    }
    if (query.status === 'error') {
      return (
        <ErrorState
          error={query.error}
          title={t('history.error')}
          permission="slipway.file.read"
          onRetry={query.refetch}
        />
      );
    }
    const { items, nextCursor } = query.value;
    if (items.length === 0) {
      return (
        <EmptyPanel title={t('history.emptyTitle')} text={t('history.empty')} />
      );
    }
    const applied = appliedCommits(module, items);
    return (
      <>
        <List dense aria-label={t('rollback.commits', { path })}>
          {items.map((commit, index) => (
            <CommitItem
              key={commit.commit}
              commit={commit}
              applied={applied.has(commit.commit)}
              newest={index === 0}
              onChoose={() => onChoose(commit.commit)}
            />
          ))}
        </List>
        {nextCursor && (
          <Box textAlign="center">
            <Button size="small" onClick={() => setRows(rows + ROWS_STEP)}>
              {t('history.more')}
            </Button>
          </Box>
        )}
      </>
    );
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('rollback.choose', { module: title })}
      </DialogTitle>
      <DialogContent>
        <Body>
          <Typography variant="body2" paragraph id={`${id}-text`}>
            {t('rollback.chooseText')}
          </Typography>
          {body()}
        </Body>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('rollback.cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}
