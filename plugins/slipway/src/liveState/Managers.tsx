import { makeStyles } from '@material-ui/core/styles';
import type { FieldManager } from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { RelativeTime } from '../status';
import { useText } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(0.5, 0, 0),
      paddingLeft: theme.spacing(2.5),
      color: theme.palette.textSubtle,
      overflowWrap: 'anywhere',
      '& b': { color: theme.palette.text.primary, fontWeight: 500 },
    },
    title: { margin: theme.spacing(1, 0, 0) },
  }),
  { name: 'SlipwayManagers' },
);

/** Who wrote fields of an object, and which of those that differ. */
export function Managers(props: { managers: readonly FieldManager[] }) {
  const { managers } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('managers');
  if (managers.length === 0) {
    return null;
  }
  return (
    <>
      <p className={classes.title} id={id}>
        {t('live.managers')}
      </p>
      <ul className={classes.root} aria-labelledby={id}>
        {managers.map(({ at, manager, operation, paths }, index) => (
          <li key={index}>
            <b>{manager}</b> {operation} {at && <RelativeTime at={at} />}
            {paths.length > 0 && (
              <> · {t('live.wrote', { paths: paths.join(', ') })}</>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
