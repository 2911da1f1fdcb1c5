import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { Commit } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { RelativeTime } from '../../status';
import { useText } from '../../translation';
import { CommitId } from './CommitId';

/** The commits that came past Slipway together, newest first. */
export function ChangeCommits(props: { commits: readonly Commit[] }) {
  const t = useText();
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('change.commits')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('history.commit')}</TableCell>
            <TableCell scope="col">{t('history.author')}</TableCell>
            <TableCell scope="col">{t('history.when')}</TableCell>
            <TableCell scope="col">Id</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.commits.map(({ at, authorName, commit, subject, url }) => (
            <TableRow key={commit} hover>
              <TableCell component="th" scope="row" variant="body">
                {subject}
              </TableCell>
              <TableCell>{authorName}</TableCell>
              <TableCell>
                <RelativeTime at={at} />
              </TableCell>
              <TableCell>
                <CommitId commit={commit} url={url} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
