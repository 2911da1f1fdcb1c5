import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDownward from '@material-ui/icons/ArrowDownward';
import ArrowUpward from '@material-ui/icons/ArrowUpward';
import { useText } from '../../translation';
import type { Side } from './conflictRegions';

const sides = ['mine', 'theirs', 'both'] as const;
const hereWords = {
  mine: 'settle.takeMineHere',
  theirs: 'settle.takeTheirsHere',
  both: 'settle.takeBothHere',
} as const;
const wholeWords = {
  mine: 'settle.allMine',
  theirs: 'settle.allTheirs',
  both: 'settle.allBoth',
} as const;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'SlipwayMergeActions' },
);

/** Goes from conflict to conflict and settles one, or all that are left. */
export function MergeActions(props: {
  path: string;
  /** Conflicts that are left. */
  total: number;
  /** The one at the cursor, from 0. */
  current: number;
  disabled: boolean;
  onMove: (direction: 'next' | 'previous') => void;
  onTake: (side: Side, which: 'here' | 'everywhere') => void;
}) {
  const { current, disabled, onMove, onTake, path, total } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div
      role="group"
      aria-label={`${t('settle.actions')}: ${path}`}
      className={classes.root}
    >
      <span role="status">
        {total === 0
          ? t('settle.noneLeft')
          : t('settle.conflictOf', {
              number: String(current + 1),
              total: String(total),
            })}
      </span>
      {total > 0 && (
        <>
          <IconButton
            size="small"
            title={t('settle.previous')}
            aria-label={t('settle.previous')}
            onClick={() => onMove('previous')}
          >
            <ArrowUpward fontSize="small" />
          </IconButton>
          <IconButton
            size="small"
            title={t('settle.next')}
            aria-label={t('settle.next')}
            onClick={() => onMove('next')}
          >
            <ArrowDownward fontSize="small" />
          </IconButton>
          {sides.map(side => (
            <Button
              key={side}
              size="small"
              variant="outlined"
              disabled={disabled}
              onClick={() => onTake(side, 'here')}
            >
              {t(hereWords[side])}
            </Button>
          ))}
          {total > 1 &&
            sides.map(side => (
              <Button
                key={side}
                size="small"
                disabled={disabled}
                onClick={() => onTake(side, 'everywhere')}
              >
                {t(wholeWords[side])}
              </Button>
            ))}
        </>
      )}
    </div>
  );
}
