import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import ArrowUpward from '@material-ui/icons/ArrowUpward';
import Delete from '@material-ui/icons/Delete';
import ReportProblemOutlined from '@material-ui/icons/ReportProblemOutlined';
import type {
  CopyPlan,
  CopyRule,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../../layout';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import { ruleFields, ruleTypes, withField, withType } from '../form/ruleFields';
import { ChoiceField } from '../place/ChoiceField';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    type: { width: 150 },
    field: { width: 180, maxWidth: '100%' },
    count: {
      flex: '1 1 160px',
      color: theme.palette.textSubtle,
      textAlign: 'end',
    },
    problem: {
      flexBasis: '100%',
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      '& svg': {
        fontSize: '1.25em',
        color: theme.palette.status.warning,
      },
    },
  }),
  { name: 'SlipwayRuleItem' },
);

/** One rule: what becomes what, how often it applies, and what is wrong with it. */
export function RuleItem(props: {
  rule: CopyRule;
  /** From 1 on. */
  number: number;
  /** What the plan makes of it, unless it was changed since. */
  planned: CopyPlan['rules'][number] | undefined;
  onChange: (rule: CopyRule) => void;
  onRemove: () => void;
  /** Tries it before the rule above. */
  onRaise?: () => void;
}) {
  const { number, onChange, onRaise, onRemove, planned, rule } = props;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const id = useUniqueId('rule');
  return (
    <li
      className={classes.root}
      aria-label={t('copy.rule', { number: String(number) })}
    >
      <ChoiceField
        className={classes.type}
        label={t('copy.ruleType')}
        value={rule.type}
        choices={ruleTypes.map(type => ({
          value: type,
          label: t(`copyRule.${type}`),
        }))}
        onChange={value => {
          const type = ruleTypes.find(known => known === value);
          if (type) {
            onChange(withType(rule, type));
          }
        }}
      />
      {ruleFields[rule.type].map(field => (
        <TextField
          key={field}
          id={`${id}-${field}`}
          size="small"
          variant="outlined"
          className={classes.field}
          label={
            rule.type === 'text' && field === 'from'
              ? t('copy.pattern')
              : t(`copyRuleField.${field}`)
          }
          value={rule[field] ?? ''}
          inputProps={{ maxLength: 1_000, spellCheck: false }}
          onChange={event =>
            onChange(withField(rule, field, event.target.value))
          }
        />
      ))}
      <span className={classes.count}>
        {planned &&
          t('copy.ruleCount', {
            values: t('copy.values', { count: planned.values }),
            files: t('copy.files', { count: planned.files }),
          })}
      </span>
      <IconButton
        size="small"
        disabled={!onRaise}
        aria-label={t('copy.raiseRule', { number: String(number) })}
        onClick={onRaise}
      >
        <ArrowUpward fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={t('copy.removeRule', { number: String(number) })}
        onClick={onRemove}
      >
        <Delete fontSize="small" />
      </IconButton>
      {planned?.problem && (
        <span className={classes.problem}>
          <ReportProblemOutlined aria-hidden />
          {reasonText(t, planned.problem, language)}
        </span>
      )}
    </li>
  );
}
