import Box from '@material-ui/core/Box';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import { ModuleRefLink } from '../ModuleRefLink';

/** What became of each file of a change. */
export function ChangeFiles(props: { change: Change }) {
  const { files, summary } = props.change;
  const t = useText();
  const language = useLanguage();
  if (files.length === 0) {
    return <Box p={2}>{t('change.noFiles')}</Box>;
  }
  const explained = files.some(({ reason }) => reason);
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('change.filesList')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('change.path')}</TableCell>
            <TableCell scope="col">{t('change.result')}</TableCell>
            <TableCell scope="col">{t('change.module')}</TableCell>
            {explained && (
              <TableCell scope="col">{t('change.reason')}</TableCell>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {files.map(
            ({ environment, module, oldPath, path, reason, status }) => (
              <TableRow key={path} hover>
                <TableCell component="th" scope="row" variant="body">
                  <code>{path}</code>
                </TableCell>
                <TableCell>
                  {status === 'renamed' && oldPath
                    ? t('changeFile.renamedFrom', { path: oldPath })
                    : t(`changeFile.${status}`)}
                </TableCell>
                <TableCell>
                  {environment && module && (
                    <ModuleRefLink
                      configRepo={summary.configRepo}
                      moduleRef={{ environment, module }}
                    />
                  )}
                </TableCell>
                {explained && (
                  <TableCell>
                    {reason && reasonText(t, reason, language)}
                  </TableCell>
                )}
              </TableRow>
            ),
          )}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
