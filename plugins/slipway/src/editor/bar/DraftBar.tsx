import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Collapse from '@material-ui/core/Collapse';
import Link from '@material-ui/core/Link';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import Alert from '@material-ui/lab/Alert';
import { useUniqueId } from '../../layout';
import { ConfirmDialog } from '../../modules/ConfirmDialog';
import { useText } from '../../translation';
import { Draft, draftMark, DraftOperation } from '../drafts';
import { DraftMarkText } from '../DraftMarkText';
import { DraftReview } from './DraftReview';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'sticky',
      bottom: 0,
      zIndex: theme.zIndex.mobileStepper,
      marginTop: theme.spacing(2),
      padding: theme.spacing(1, 2),
      // Above the portal's own bar on telephones.
      [theme.breakpoints.down('xs')]: { bottom: 56 },
      borderLeft: `4px solid ${theme.palette.primary.main}`,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    count: { fontWeight: 'bold', marginRight: 'auto' },
    list: {
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      maxHeight: '30vh',
      overflow: 'auto',
      listStyle: 'none',
    },
    item: { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
    help: {
      margin: theme.spacing(0.5, 0, 0),
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayDraftBar' },
);

function Files(props: {
  operations: readonly DraftOperation[];
  onOpen: (operation: DraftOperation) => void;
}) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {props.operations.map(operation => (
        <li key={operation.path} className={classes.item}>
          <Link
            component="button"
            type="button"
            variant="body2"
            onClick={() => props.onOpen(operation)}
          >
            {operation.path}
          </Link>{' '}
          <DraftMarkText mark={draftMark(operation)} from={operation.from} />
        </li>
      ))}
    </ul>
  );
}

export interface DraftBarProps {
  draft: Draft;
  /** Whether the page shows files of several config repos. */
  named: boolean;
  onOpen: (operation: DraftOperation) => void;
}

function Bar(props: DraftBarProps & { onReview: () => void }) {
  const { draft, named, onOpen, onReview } = props;
  const { configRepo, operations, kept } = draft;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('draft');
  const [open, setOpen] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const Chevron = open ? ExpandMore : ExpandLess;
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-label={t('editor.draft', { configRepo })}
    >
      {!kept && (
        <Alert severity="warning" role="alert">
          {t('editor.notKept')}
        </Alert>
      )}
      <div className={classes.line}>
        <Button
          size="small"
          startIcon={<Chevron />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t('editor.files')}
        </Button>
        <span className={classes.count} role="status">
          {named && `${configRepo}: `}
          {t('editor.changed', { count: operations.length })}
        </span>
        <Button
          size="small"
          color="primary"
          variant="contained"
          onClick={onReview}
        >
          {t('editor.review')}
        </Button>
        <Button size="small" onClick={() => setDiscarding(true)}>
          {t('editor.discard')}
        </Button>
      </div>
      <p className={classes.help}>{t('editor.draftHelp')}</p>
      <div id={id}>
        <Collapse in={open} unmountOnExit>
          <Files operations={operations} onOpen={onOpen} />
        </Collapse>
      </div>
      {discarding && (
        <ConfirmDialog
          title={t('editor.discardTitle')}
          text={t('editor.discardText', { count: operations.length })}
          confirm={t('editor.discard')}
          onClose={() => setDiscarding(false)}
          onConfirm={() => {
            setDiscarding(false);
            draft.clear();
          }}
        />
      )}
    </Paper>
  );
}

/** What nobody has committed yet in one config repo: to go through, to review and commit, or to throw away. */
export function DraftBar(props: DraftBarProps) {
  const { draft } = props;
  // Committed or not, the review stays until it is closed.
  const [reviewing, setReviewing] = useState(false);
  return (
    <>
      {draft.operations.length > 0 && (
        <Bar {...props} onReview={() => setReviewing(true)} />
      )}
      {reviewing && (
        <DraftReview draft={draft} onClose={() => setReviewing(false)} />
      )}
    </>
  );
}
