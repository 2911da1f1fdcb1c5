import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { StateMark } from '../status';
import { useText } from '../translation';
import { ModuleStateCells } from './ModuleStateCells';

/** How a module is on each of its targets. */
export function ModuleTargets(props: { states: ModuleState[] }) {
  const t = useText();
  return (
    <TableContainer>
      <DataTable size="small" aria-label={t('environment.targets')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('module.target')}</TableCell>
            <TableCell scope="col">{t('module.health')}</TableCell>
            <TableCell scope="col">{t('module.sync')}</TableCell>
            <TableCell scope="col">{t('module.files')}</TableCell>
            <TableCell scope="col">{t('cluster.heard')}</TableCell>
            <TableCell scope="col">{t('module.lastSync')}</TableCell>
            <TableCell scope="col">{t('module.applied')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.states.map(state => (
            <TableRow key={`${state.cluster}/${state.namespace}`}>
              <TableCell component="th" scope="row" variant="body">
                {state.cluster}/{state.namespace}
              </TableCell>
              <ModuleStateCells states={[state]} />
              <TableCell>
                {state.operation && (
                  <StateMark
                    of="phase"
                    state={state.operation.phase}
                    since={
                      state.operation.finishedAt ?? state.operation.startedAt
                    }
                    stale={state.stale}
                  />
                )}
              </TableCell>
              <TableCell>
                <code>{state.appliedRevision?.slice(0, 7)}</code>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
