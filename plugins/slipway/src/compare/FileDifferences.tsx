import { makeStyles } from '@material-ui/core/styles';
import type { FileComparison } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { ComparisonMark } from './ComparisonMark';
import { DifferenceTable } from './DifferenceTable';
import { FileLinks } from './FileLinks';
import { Fold } from './Fold';
import type { Sides } from './sides';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(2),
      '& p': { margin: theme.spacing(1, 0, 0) },
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(0.5),
    },
    path: {
      ...theme.typography.body2,
      fontWeight: theme.typography.fontWeightBold as number,
      margin: 0,
      overflowWrap: 'anywhere',
    },
    subtle: { color: theme.palette.textSubtle },
  }),
  { name: 'SlipwayFileDifferences' },
);

/** One file of a module: the values that differ, unexpected ones first and the others on demand. */
export function FileDifferences(props: { file: FileComparison; sides: Sides }) {
  const { file, sides } = props;
  const {
    differences,
    leftPath,
    more = 0,
    opaque,
    path,
    rightPath,
    state,
  } = file;
  const classes = useStyles();
  const t = useText();
  const unexpected = differences.filter(({ expected }) => !expected);
  const expected = differences.filter(difference => difference.expected);
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h4 className={classes.path}>
          <code>{path}</code>
        </h4>
        <ComparisonMark state={state} sides={sides} />
        <FileLinks file={file} sides={sides} />
      </div>
      {/* What is on one side only is compared with nothing. */}
      {opaque && leftPath && rightPath && <p>{t(`compareOpaque.${opaque}`)}</p>}
      {unexpected.length > 0 && (
        <DifferenceTable
          label={t('compare.table', { path })}
          differences={unexpected}
          sides={sides}
        />
      )}
      {expected.length > 0 && (
        <Fold
          show={t('compare.showExpected', { count: expected.length })}
          hide={t('compare.hideExpected')}
        >
          <DifferenceTable
            label={t('compare.expectedTable', { path })}
            differences={expected}
            sides={sides}
          />
        </Fold>
      )}
      {more > 0 && (
        <p className={classes.subtle}>{t('compare.more', { count: more })}</p>
      )}
    </div>
  );
}
