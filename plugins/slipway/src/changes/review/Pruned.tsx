import Box from '@material-ui/core/Box';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Alert from '@material-ui/lab/Alert';
import type { ManifestObject } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { useText } from '../../translation';
import { ReviewSection } from './ReviewSection';

/** Objects that a change takes out of Git, which the sync engine may then remove. */
export function Pruned(props: { pruned: readonly ManifestObject[] }) {
  const { pruned } = props;
  const t = useText();
  if (pruned.length === 0) {
    return null;
  }
  return (
    <ReviewSection title={t('review.pruned')}>
      <Box mb={1}>
        <Alert severity="warning">{t('review.prunedText')}</Alert>
      </Box>
      <TableContainer>
        <DataTable size="small" aria-label={t('review.prunedTable')}>
          <TableHead>
            <TableRow>
              <TableCell scope="col">{t('review.object')}</TableCell>
              <TableCell scope="col">{t('review.namespace')}</TableCell>
              <TableCell scope="col">{t('review.environment')}</TableCell>
              <TableCell scope="col">{t('review.file')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {pruned.map((object, index) => (
              <TableRow key={index}>
                <TableCell component="th" scope="row" variant="body">
                  {object.kind}/{object.name}
                </TableCell>
                <TableCell>{object.namespace}</TableCell>
                <TableCell>{object.environment}</TableCell>
                <TableCell>
                  {object.file && <code>{object.file}</code>}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </DataTable>
      </TableContainer>
    </ReviewSection>
  );
}
