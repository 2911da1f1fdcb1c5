import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import Delete from '@material-ui/icons/Delete';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';
import type { TargetRow } from '../form/copyForm';
import { Choice, ChoiceField } from './ChoiceField';

const useStyles = makeStyles(
  theme => ({
    root: { border: 0, margin: 0, padding: 0, minWidth: 0 },
    legend: {
      padding: 0,
      marginBottom: theme.spacing(1),
      color: theme.palette.text.secondary,
    },
    row: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1.5),
    },
    field: { width: 260, maxWidth: '100%' },
  }),
  { name: 'SlipwayTargetRows' },
);

/** Where the new environment is delivered to: rows of cluster and namespace. */
export function TargetRows(props: {
  targets: readonly TargetRow[];
  clusters: readonly Choice[];
  onChange: (targets: TargetRow[]) => void;
}) {
  const { clusters, onChange, targets } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('targets');
  const patch = (at: number, change: Partial<TargetRow>) =>
    onChange(
      targets.map((row, index) => (index === at ? { ...row, ...change } : row)),
    );
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>{t('copy.targets')}</legend>
      {targets.map(({ cluster, namespace }, index) => {
        const number = String(index + 1);
        return (
          <div
            key={index}
            role="group"
            aria-label={t('copy.targetNumber', { number })}
            className={classes.row}
          >
            <ChoiceField
              className={classes.field}
              label={t('copy.cluster')}
              value={cluster}
              choices={clusters}
              none={t('copy.none')}
              onChange={value => patch(index, { cluster: value })}
            />
            <TextField
              id={`${id}-${index}`}
              size="small"
              variant="outlined"
              className={classes.field}
              label={t('copy.namespace')}
              value={namespace}
              inputProps={{ maxLength: 250 }}
              onChange={event =>
                patch(index, { namespace: event.target.value })
              }
            />
            <IconButton
              size="small"
              disabled={targets.length === 1}
              aria-label={t('copy.removeTarget', { number })}
              onClick={() => onChange(targets.filter((_, at) => at !== index))}
            >
              <Delete fontSize="small" />
            </IconButton>
          </div>
        );
      })}
      <Button
        size="small"
        startIcon={<Add />}
        onClick={() => onChange([...targets, { cluster: '', namespace: '' }])}
      >
        {t('copy.addTarget')}
      </Button>
    </fieldset>
  );
}
