import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { shortCommit } from '../../history/CommitTable';
import { DataTable } from '../../layout';
import { RelativeTime } from '../../status';
import { useText } from '../../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(1),
      '& summary': { cursor: 'pointer', color: theme.palette.textSubtle },
    },
    words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  }),
  { name: 'SlipwayChangeAttempts' },
);

/** Each commit that was sent for a change, and what became of it: for whoever wants to know it exactly. */
export function ChangeAttempts(props: { attempts: Change['attempts'] }) {
  const { attempts } = props;
  const classes = useStyles();
  const t = useText();
  if (attempts.length === 0) {
    return null;
  }
  return (
    <details className={classes.root}>
      <summary>{t('change.attempts', { count: attempts.length })}</summary>
      <TableContainer>
        <DataTable size="small" aria-label={t('change.attemptsList')}>
          <TableHead>
            <TableRow>
              <TableCell scope="col">{t('change.attempt')}</TableCell>
              <TableCell scope="col">{t('change.when')}</TableCell>
              <TableCell scope="col">{t('change.base')}</TableCell>
              <TableCell scope="col">{t('change.commit')}</TableCell>
              <TableCell scope="col">{t('change.result')}</TableCell>
              <TableCell scope="col">{t('change.words')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {attempts.map(({ at, base, commit, number, result, words }) => (
              <TableRow key={number}>
                <TableCell>{number}</TableCell>
                <TableCell>
                  <RelativeTime at={at} />
                </TableCell>
                <TableCell>
                  <code>{shortCommit(base)}</code>
                </TableCell>
                <TableCell>
                  <code>{shortCommit(commit)}</code>
                </TableCell>
                <TableCell>{t(`attemptResult.${result}`)}</TableCell>
                <TableCell className={classes.words}>{words}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </DataTable>
      </TableContainer>
    </details>
  );
}
