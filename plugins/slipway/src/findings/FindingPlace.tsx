import { makeStyles } from '@material-ui/core/styles';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';

const useStyles = makeStyles(
  // Apart from each other, line and column say nothing.
  { position: { whiteSpace: 'nowrap' } },
  { name: 'SlipwayFindingPlace' },
);

/** Where it is, as editors and compilers write it: `file:line:column`. */
export function FindingPlace(props: { finding: Finding }) {
  const { file, line, column } = props.finding;
  const classes = useStyles();
  const position = [line, column].filter(part => part !== undefined).join(':');
  return (
    <>
      {file}
      {position && (
        <span className={classes.position}>
          {file !== undefined && ':'}
          {position}
        </span>
      )}
    </>
  );
}
