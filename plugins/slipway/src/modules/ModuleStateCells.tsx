import TableCell from '@material-ui/core/TableCell';
import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { Age, engineName, StateMark } from '../status';
import { worstState } from './worstState';

function sourceOf(states: ModuleState[]): string | undefined {
  const objects = states.flatMap(state => state.engineObjects);
  return objects.length > 0
    ? objects
        .map(
          ({ cluster, engine, name, namespace }) =>
            `${engineName(engine)} ${namespace}/${name} @ ${cluster}`,
        )
        .join(', ')
    : undefined;
}

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
