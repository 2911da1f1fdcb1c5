import { makeStyles } from '@material-ui/core/styles';
import type {
  CopiedFile,
  CopyPlan,
  CopySecrets,
} from '@slipway/backstage-plugin-slipway-common';
import { Text, useText } from '../../translation';
import { shortPath } from '../files';
import type { CopyForm } from '../form/copyForm';
import { ChoiceField } from '../place/ChoiceField';
import { RadioField } from '../place/RadioField';

const choices: readonly CopySecrets[] = ['leaveOut', 'empty', 'keep'];
const secretRemarks = new Set([
  'copySecretLeftOut',
  'copySecretEmptied',
  'copySecretKept',
  'copySecretRefused',
]);

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(1),
      overflowWrap: 'anywhere',
    },
    choice: { minWidth: 260 },
  }),
  { name: 'SlipwaySecretsChoice' },
);

function holdsSecrets({ from, remarks }: CopiedFile): boolean {
  return Boolean(from) && remarks.some(({ code }) => secretRemarks.has(code));
}

function optionsOf(t: Text) {
  return choices.map(value => ({
    value,
    label: t(`copySecrets.${value}`),
    explanation: t(`copySecretsText.${value}`),
  }));
}

/** What becomes of plain Secret values, and of those of single files. */
export function SecretsChoice(props: {
  plan: CopyPlan | undefined;
  form: CopyForm;
  onChange: (patch: Partial<CopyForm>) => void;
}) {
  const { form, onChange, plan } = props;
  const classes = useStyles();
  const t = useText();
  const decided = new Map(
    form.secretsOf.map(({ path, secrets }) => [path, secrets]),
  );
  const files = (plan?.files ?? []).filter(
    file => holdsSecrets(file) || (file.from && decided.has(file.from)),
  );
  const decide = (path: string, secrets: CopySecrets | undefined) => {
    const others = form.secretsOf.filter(known => known.path !== path);
    onChange({ secretsOf: secrets ? [...others, { path, secrets }] : others });
  };
  return (
    <>
      <RadioField
        label={t('copy.secretsDefault')}
        value={form.secrets}
        options={optionsOf(t)}
        onChange={secrets => onChange({ secrets })}
      />
      {files.length > 0 && (
        <ul className={classes.list} aria-label={t('copy.secretFiles')}>
          {files.map(({ from = '', module, path }) => (
            <li key={path}>
              <div role="group" aria-label={from} className={classes.item}>
                <ChoiceField
                  className={classes.choice}
                  label={t('copy.secretsOfFile')}
                  value={decided.get(from) ?? ''}
                  choices={optionsOf(t)}
                  none={t('copy.secretsAsAbove')}
                  onChange={value =>
                    decide(
                      from,
                      choices.find(choice => choice === value),
                    )
                  }
                />
                <code>
                  {module} ·{' '}
                  {shortPath(from, { path: plan?.source.path }, module)}
                </code>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
