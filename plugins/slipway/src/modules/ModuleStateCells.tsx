import TableCell from '@material-ui/core/TableCell';
import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { Age, StateMark } from '../status';
import { sourceOf } from './sourceOf';
import { worstState } from './worstState';

/** Health, sync and file sync side by side, never folded, and how old they are. */
export function ModuleStateCells(props: { states: ModuleState[] }) {
  const { states } = props;
  const { asOf, fileSync, health, stale, sync } = worstState(states);
  const source = sourceOf(states);
  return (
    <>
      <TableCell>
        {health && (
          <StateMark of="health" {...health} source={source} stale={stale} />
        )}
      </TableCell>
      <TableCell>
        {sync && (
          <StateMark of="sync" {...sync} source={source} stale={stale} />
        )}
      </TableCell>
      <TableCell>
        {fileSync && (
          <StateMark
            of="fileSync"
            {...fileSync}
            source={source}
            stale={stale}
          />
        )}
      </TableCell>
      <TableCell>
        <Age asOf={asOf} offline={stale} />
      </TableCell>
    </>
  );
}
