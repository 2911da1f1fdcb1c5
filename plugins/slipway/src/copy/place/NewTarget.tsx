import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';
import type { CopyForm } from '../form/copyForm';
import { ChoiceField } from './ChoiceField';
import { TargetRows } from './TargetRows';
import { useTargetChoices } from './useTargetChoices';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(260px, 100%), 1fr))',
      gap: theme.spacing(2),
    },
    wide: { gridColumn: '1 / -1' },
  }),
  { name: 'SlipwayNewTarget' },
);

/** What an environment that is not there yet is called, and where it goes. */
export function NewTarget(props: {
  configRepo: string;
  form: CopyForm;
  /** Where its files will be, once that is known. */
  path?: string;
  onChange: (patch: Partial<CopyForm>) => void;
}) {
  const { configRepo, form, onChange, path } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('new-target');
  const { clusters, stages } = useTargetChoices(configRepo);
  return (
    <div className={classes.root}>
      <TextField
        required
        id={`${id}-name`}
        size="small"
        variant="outlined"
        label={t('copy.name')}
        helperText={path ? t('copy.nameGoesTo', { path }) : t('copy.nameHint')}
        value={form.name}
        inputProps={{ maxLength: 250, spellCheck: false }}
        onChange={event => onChange({ name: event.target.value })}
      />
      <TextField
        id={`${id}-title`}
        size="small"
        variant="outlined"
        label={t('copy.titleField')}
        helperText={t('copy.titleHint')}
        value={form.title}
        inputProps={{ maxLength: 250 }}
        onChange={event => onChange({ title: event.target.value })}
      />
      <ChoiceField
        label={t('copy.stage')}
        value={form.stage}
        choices={stages}
        none={t('copy.none')}
        onChange={stage => onChange({ stage })}
      />
      <TextField
        multiline
        id={`${id}-description`}
        size="small"
        variant="outlined"
        className={classes.wide}
        label={t('copy.description')}
        value={form.description}
        inputProps={{ maxLength: 2_000 }}
        onChange={event => onChange({ description: event.target.value })}
      />
      <div className={classes.wide}>
        <TargetRows
          targets={form.targets}
          clusters={clusters}
          onChange={targets => onChange({ targets })}
        />
      </div>
    </div>
  );
}
