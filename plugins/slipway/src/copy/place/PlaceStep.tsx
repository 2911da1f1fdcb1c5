import { makeStyles } from '@material-ui/core/styles';
import type {
  ChangePlan,
  Environment,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import type { CopyForm } from '../form/copyForm';
import { Choice, ChoiceField } from './ChoiceField';
import { NewTarget } from './NewTarget';
import { PlaceProblems } from './PlaceProblems';
import { RadioField } from './RadioField';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2) },
    field: { maxWidth: 420 },
  }),
  { name: 'SlipwayPlaceStep' },
);

/** An environment as one chooses it. */
export function environmentChoice({
  name,
  title,
}: Pick<Environment, 'name' | 'title'>): Choice {
  return {
    value: name,
    label: title && title !== name ? `${title} (${name})` : name,
  };
}

/** The first step: what is copied, and where to. */
export function PlaceStep(props: {
  configRepo: string;
  /** What is chosen of `sources`. */
  source: string;
  sources: readonly Choice[];
  onSource: (source: string) => void;
  /** The other environments of the config repo. */
  others: readonly Environment[];
  form: CopyForm;
  onChange: (patch: Partial<CopyForm>) => void;
  plan: ChangePlan | undefined;
}) {
  const { form, onChange, onSource, others, plan, source, sources } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.root}>
      <ChoiceField
        required
        className={classes.field}
        label={t('copy.source')}
        value={source}
        choices={sources}
        onChange={onSource}
      />
      <RadioField
        label={t('copy.target')}
        value={form.to}
        options={[
          { value: 'new', label: t('copy.toNew') },
          { value: 'existing', label: t('copy.toExisting') },
        ]}
        onChange={to => onChange({ to, name: '' })}
      />
      {form.to === 'new' ? (
        <NewTarget
          configRepo={props.configRepo}
          form={form}
          path={plan?.copy?.target.path}
          onChange={onChange}
        />
      ) : (
        <ChoiceField
          required
          className={classes.field}
          label={t('copy.existingTarget')}
          value={form.name}
          choices={others.map(environmentChoice)}
          helperText={others.length === 0 ? t('copy.noOther') : undefined}
          onChange={name => onChange({ name })}
        />
      )}
      {plan && <PlaceProblems plan={plan} />}
    </div>
  );
}
