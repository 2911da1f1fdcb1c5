import { useState } from 'react';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../../layout';
import { ConfirmDialog } from '../../modules/ConfirmDialog';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import { isWritten } from '../files';
import type { Planned } from './planned';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1, 2),
    },
    why: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayCopyBar' },
);

/** The button that copies, or why it does not; where existing files are overwritten, it asks first. */
export function CopyBar(props: {
  planned: Planned;
  message: string;
  busy: boolean;
  onCopy: () => void;
  onBack: () => void;
}) {
  const { busy, message, onBack, onCopy, planned } = props;
  const { copy, outdated, plan } = planned;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const id = useUniqueId('copy');
  const [asking, setAsking] = useState(false);
  const overwritten = copy.files.filter(
    file => file.overwrites && isWritten(file),
  ).length;
  const [missing] = plan.gate.missing;
  let why: string | undefined;
  if (outdated) {
    why = t('review.replanning');
  } else if (!plan.gate.allowed) {
    why = missing ? reasonText(t, missing, language) : t('review.blocked');
  } else if (!message.trim()) {
    why = t('review.needMessage');
  }
  return (
    <div className={classes.root}>
      {why && (
        <span id={id} className={classes.why}>
          {why}
        </span>
      )}
      <Button disabled={busy} onClick={onBack}>
        {t('copy.back')}
      </Button>
      <Button
        color="primary"
        variant="contained"
        disabled={why !== undefined || busy}
        aria-busy={busy}
        aria-describedby={why ? id : undefined}
        startIcon={
          busy ? (
            <CircularProgress size={16} color="inherit" aria-hidden />
          ) : undefined
        }
        onClick={() => (overwritten > 0 ? setAsking(true) : onCopy())}
      >
        {t('copy.copy')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('copy.overwriteTitle')}
          text={t('copy.overwriteText', {
            count: overwritten,
            target: copy.target.title ?? copy.target.name,
          })}
          confirm={t('copy.overwrite')}
          onConfirm={() => {
            setAsking(false);
            onCopy();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
