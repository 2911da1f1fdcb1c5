import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ClusterEngine } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { Age, durationText, reasonText, StateMark } from '../status';
import { useLanguage, useText } from '../translation';
import { EngineTitle } from './EngineTitle';

/** Each sync engine that runs on a cluster: whether it is heard, since when, and why not. */
export function ClusterEngines(props: { engines: ClusterEngine[] }) {
  const t = useText();
  const language = useLanguage();
  return (
    <TableContainer>
      <DataTable aria-label={t('cluster.engines')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('cluster.engine')}</TableCell>
            <TableCell scope="col">{t('cluster.connection')}</TableCell>
            <TableCell scope="col">{t('cluster.heard')}</TableCell>
            <TableCell scope="col" align="right">
              {t('cluster.lag')}
            </TableCell>
            <TableCell scope="col" align="right">
              {t('cluster.objects')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.engines.map(engine => (
            <TableRow key={engine.kind}>
              <TableCell component="th" scope="row" variant="body">
                <EngineTitle engine={engine} />
              </TableCell>
              <TableCell>
                <StateMark
                  of="connection"
                  state={engine.connection}
                  since={engine.since}
                  reason={engine.reason}
                  detail={
                    engine.reason &&
                    `· ${reasonText(t, engine.reason, language)}`
                  }
                />
              </TableCell>
              <TableCell>
                <Age
                  asOf={engine.asOf}
                  offline={engine.connection === 'Unreachable'}
                  evenFresh
                />
              </TableCell>
              <TableCell align="right">
                {engine.lagMilliseconds === undefined
                  ? '–'
                  : durationText(engine.lagMilliseconds, language)}
              </TableCell>
              <TableCell align="right">{engine.objects ?? '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
