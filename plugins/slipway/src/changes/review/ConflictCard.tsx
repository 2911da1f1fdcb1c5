import { lazy, Suspense, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FileConflict,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../../layout';
import { LoadingRows } from '../../states';
import { RelativeTime } from '../../status';
import { Text, useText } from '../../translation';
import { keepMine, Settlement, settledWith, takeTheirs } from './settling';

// An editor is half a megabyte: only who looks closer loads it.
const MergeEditor = lazy(() => import('./MergeEditor'));

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2) },
    path: { margin: 0, fontSize: 'inherit', overflowWrap: 'anywhere' },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    },
  }),
  { name: 'SlipwayConflictCard' },
);

export interface ConflictCardProps {
  kind: 'edit' | 'rollback';
  conflict: FileConflict;
  /** What was asked for. */
  original?: FileOperation;
  disabled: boolean;
  onSettle: (settlement: Settlement) => void;
  onTyped: () => void;
}

function removes({ conflict, original }: ConflictCardProps): boolean {
  return original
    ? original.type === 'delete'
    : conflict.mine === undefined && conflict.theirs !== undefined;
}

function whatHappened(t: Text, props: ConflictCardProps): string {
  const { conflict } = props;
  if (conflict.theirsBase === undefined) {
    return t('settle.gone');
  }
  if (removes(props)) {
    return t('settle.mineRemoves');
  }
  return conflict.clean ? t('settle.fits') : t('settle.overlaps');
}

function Who(props: { conflict: FileConflict }) {
  const { theirCommit } = props.conflict;
  const t = useText();
  return (
    <div>
      {theirCommit ? (
        <>
          {t('settle.by', {
            author: theirCommit.authorName,
            subject: theirCommit.subject,
          })}{' '}
          · <RelativeTime at={theirCommit.at} />
        </>
      ) : (
        t('settle.someone')
      )}
    </div>
  );
}

/** One file that both sides changed: who the other is, and the ways to settle it. */
export function ConflictCard(props: ConflictCardProps) {
  const { conflict, disabled, kind, onSettle, onTyped, original } = props;
  const { clean, merged, path, theirsBase } = conflict;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('conflict');
  const mergeable = merged !== undefined;
  const [open, setOpen] = useState(mergeable && !clean);
  const gone = theirsBase === undefined;
  const mine = keepMine(conflict, original);
  const theirs = takeTheirs(conflict, kind);
  let mineWord: string = t('settle.keepMine');
  if (gone) {
    mineWord = t('settle.keepMineNew');
  } else if (removes(props)) {
    mineWord = t('settle.removeAnyway');
  }
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby={id}
      className={classes.root}
    >
      <h4 id={id} className={classes.path}>
        <code>{path}</code>
      </h4>
      <Who conflict={conflict} />
      <div>{whatHappened(t, props)}</div>
      {!mergeable && !gone && !removes(props) && (
        <div>{t('settle.tooBig')}</div>
      )}
      <div className={classes.actions}>
        {clean && mergeable && (
          <Button
            size="small"
            color="primary"
            variant="contained"
            disabled={disabled}
            onClick={() => onSettle(settledWith(conflict, merged, original))}
          >
            {t('settle.takeBothFit')}
          </Button>
        )}
        {mine && (
          <Button
            size="small"
            variant="outlined"
            disabled={disabled}
            onClick={() => onSettle(mine)}
          >
            {mineWord}
          </Button>
        )}
        {theirs && (
          <Button
            size="small"
            variant="outlined"
            disabled={disabled}
            onClick={() => onSettle(theirs)}
          >
            {gone ? t('settle.dropMine') : t('settle.takeTheirs')}
          </Button>
        )}
        {mergeable && (
          <Button
            size="small"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? t('settle.hide') : t('settle.look')}
          </Button>
        )}
      </div>
      {open && mergeable && (
        <Box mt={2}>
          <Suspense fallback={<LoadingRows label={t('settle.loading')} />}>
            <MergeEditor
              conflict={conflict}
              merged={merged}
              disabled={disabled}
              onTyped={onTyped}
              onSettle={text => onSettle(settledWith(conflict, text, original))}
            />
          </Suspense>
        </Box>
      )}
    </Paper>
  );
}
