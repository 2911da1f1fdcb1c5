import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { ValueDifference } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { useText } from '../translation';
import { ComparedValue } from './ComparedValue';
import type { Sides } from './sides';

const useStyles = makeStyles(
  theme => ({
    scroll: {
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    value: { minWidth: 160, verticalAlign: 'top' },
    top: { verticalAlign: 'top' },
    // On a narrow page the values matter more than the path on one line.
    path: { minWidth: 120, overflowWrap: 'anywhere', verticalAlign: 'top' },
  }),
  { name: 'SlipwayDifferenceTable' },
);

/** Values that are not the same on both sides. */
export function DifferenceTable(props: {
  label: string;
  differences: readonly ValueDifference[];
  sides: Pick<Sides, 'leftTitle' | 'rightTitle'>;
}) {
  const { label, differences, sides } = props;
  const classes = useStyles();
  const t = useText();
  const inObjects = differences.some(({ object }) => object);
  return (
    // Nothing in it takes the focus, and whoever has no mouse must be able to scroll it.
    <TableContainer
      className={classes.scroll}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <DataTable size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {inObjects && (
              <TableCell scope="col">{t('compare.object')}</TableCell>
            )}
            <TableCell scope="col">{t('compare.value')}</TableCell>
            <TableCell scope="col">{sides.leftTitle}</TableCell>
            <TableCell scope="col">{sides.rightTitle}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {differences.map(({ left, object, path, right }, index) => (
            <TableRow key={index}>
              {inObjects && (
                <TableCell className={classes.top}>{object}</TableCell>
              )}
              <TableCell
                component="th"
                scope="row"
                variant="body"
                className={classes.path}
              >
                {path === '' ? (
                  t(object ? 'compare.wholeObject' : 'compare.wholeDocument')
                ) : (
                  <code>{path}</code>
                )}
              </TableCell>
              <TableCell className={classes.value}>
                <ComparedValue value={left} />
              </TableCell>
              <TableCell className={classes.value}>
                <ComparedValue value={right} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
