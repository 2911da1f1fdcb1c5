import Box from '@material-ui/core/Box';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { environmentRouteRef } from '../../routes';
import { reasonText, RelativeTime, StateMark } from '../../status';
import { useLanguage, useText } from '../../translation';
import { ModuleRefLink } from '../ModuleRefLink';
import { inTargetOrder, targetKey } from '../timeline';

/** What the sync engines made of a change, on each target of each module that it touches. */
export function ChangeTargets(props: { change: Change }) {
  const { summary, targets } = props.change;
  const { configRepo } = summary;
  const t = useText();
  const language = useLanguage();
  const link = useRouteRef(environmentRouteRef);
  if (summary.state === 'Failed') {
    return <Box p={2}>{t('change.notPushed')}</Box>;
  }
  if (targets.length === 0) {
    return <Box p={2}>{t('change.noTargets')}</Box>;
  }
  const columns = [
    t('change.module'),
    t('change.environment'),
    t('change.cluster'),
    t('change.namespace'),
    t('changes.state'),
    t('change.since'),
    t('change.reason'),
  ];
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('change.targetsList')}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column} scope="col">
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {inTargetOrder(targets).map(target => (
            <TableRow key={targetKey(target)} hover>
              <TableCell component="th" scope="row" variant="body">
                <ModuleRefLink configRepo={configRepo} moduleRef={target}>
                  {target.module}
                </ModuleRefLink>
              </TableCell>
              <TableCell>
                {link ? (
                  <Link
                    to={link({ configRepo, environment: target.environment })}
                  >
                    {target.environment}
                  </Link>
                ) : (
                  target.environment
                )}
              </TableCell>
              <TableCell>{target.cluster}</TableCell>
              <TableCell>{target.namespace}</TableCell>
              <TableCell>
                <StateMark of="changeTarget" state={target.state} />
              </TableCell>
              <TableCell>
                <RelativeTime at={target.since} />
              </TableCell>
              <TableCell>
                {target.reason && reasonText(t, target.reason, language)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
