import { useMemo } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Theme, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { ChangeSummary } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { useText } from '../../translation';
import { ChangeColumns, ChangeRow } from './ChangeRow';

/** Changes, newest first. */
export function ChangeTable(props: {
  changes: readonly ChangeSummary[];
  modules: ChangeColumns['modules'];
}) {
  const { changes, modules } = props;
  const t = useText();
  const theme = useTheme<Theme>();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  const columns = useMemo(() => ({ modules, narrow }), [modules, narrow]);
  const titles = [
    t('changes.id'),
    t('changes.change'),
    ...(narrow ? [] : [t('changes.kind')]),
    t('changes.state'),
    ...(modules === 'none' ? [] : [t('changes.modules')]),
    ...(narrow ? [] : [t('changes.author'), t('changes.when')]),
  ];
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('changes.list')}>
        <TableHead>
          <TableRow>
            {titles.map(title => (
              <TableCell key={title} scope="col">
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(summary => (
            <ChangeRow key={summary.id} summary={summary} columns={columns} />
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
