import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import type { DraftMark } from './drafts';

const signs: { [mark in DraftMark]: string } = {
  created: '+',
  modified: '●',
  deleted: '−',
  renamed: '→',
};

const useStyles = makeStyles(
  theme => ({
    root: {
      color: theme.palette.text.primary,
      fontSize: theme.typography.caption.fontSize,
      whiteSpace: 'nowrap',
    },
    sign: { fontWeight: 'bold' },
  }),
  { name: 'SlipwayDraftMark' },
);

/** What a draft does to a file: a sign and a word. */
export function DraftMarkText(props: { mark: DraftMark; from?: string }) {
  const { mark, from } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <span className={classes.root}>
      <span className={classes.sign} aria-hidden>
        {signs[mark]}
      </span>{' '}
      {t(`editor.mark.${mark}`)}
      {from && ` ${t('diff.renamedFrom', { path: from })}`}
    </span>
  );
}
