import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useText } from '../../translation';
import type { CopiedStatus } from '../files';
import type { Move } from './movesBetween';

/** Of these at most are named at first. */
const SHOWN = 20;

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: theme.spacing(1, 0, 0),
      paddingLeft: theme.spacing(2.5),
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'SlipwayPlanMoves' },
);

/** Said where the plan on the screen was no longer the one that holds: nothing was copied, and what is another now. */
export function PlanMoves(props: {
  /** Undefined while it is being planned again, and where there is none to compare with. */
  moves: readonly Move[] | undefined;
}) {
  const { moves } = props;
  const classes = useStyles();
  const t = useText();
  const [all, setAll] = useState(false);
  const word = (status: CopiedStatus | undefined) =>
    status ? t(`copyStatus.${status}`) : t('copy.notInPlan');
  const shown = all ? moves : moves?.slice(0, SHOWN);
  return (
    <Box mb={2}>
      <Alert severity="warning">
        <AlertTitle>{t('copy.movedTitle')}</AlertTitle>
        {t('copy.movedText')}
        {moves?.length === 0 && <div>{t('copy.movedSame')}</div>}
        {shown && shown.length > 0 && (
          <ul className={classes.list} aria-label={t('copy.moves')}>
            {shown.map(({ after, before, path }) => (
              <li key={path}>
                <code>{path}</code>: {word(before)} → {word(after)}
              </li>
            ))}
          </ul>
        )}
        {moves && shown && shown.length < moves.length && (
          <Button size="small" color="inherit" onClick={() => setAll(true)}>
            {t('copy.allMoves', { number: String(moves.length) })}
          </Button>
        )}
      </Alert>
    </Box>
  );
}
