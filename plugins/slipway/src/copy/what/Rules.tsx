import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import type {
  CopyPlan,
  CopyRule,
} from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../../translation';
import { RuleItem } from './RuleItem';
import { sameRule } from './sameRule';

/** The API takes no more. */
const MAX_RULES = 100;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    subtle: { color: theme.palette.textSubtle, margin: 0 },
  }),
  { name: 'SlipwayCopyRules' },
);

/** What becomes another value on the way, in the order in which it is tried. */
export function Rules(props: {
  /** Undefined while none were chosen nor proposed yet. */
  rules: readonly CopyRule[] | undefined;
  /** They were changed by hand. */
  edited: boolean;
  plan: CopyPlan | undefined;
  onChange: (rules: CopyRule[] | undefined) => void;
}) {
  const { edited, onChange, plan } = props;
  const rules = props.rules ?? [];
  const classes = useStyles();
  const t = useText();
  const plannedOf = (rule: CopyRule, index: number) => {
    const planned = plan?.rules[index];
    return planned && sameRule(planned.rule, rule) ? planned : undefined;
  };
  const raise = (index: number) => {
    const next = [...rules];
    next.splice(index - 1, 0, ...next.splice(index, 1));
    onChange(next);
  };
  return (
    <>
      <p className={classes.subtle}>
        {props.rules?.length === 0 ? t('copy.noRules') : t('copy.rulesText')}
      </p>
      <ol className={classes.list} aria-label={t('copy.rules')}>
        {rules.map((rule, index) => (
          <RuleItem
            key={index}
            rule={rule}
            number={index + 1}
            planned={plannedOf(rule, index)}
            onChange={changed =>
              onChange(rules.map((old, at) => (at === index ? changed : old)))
            }
            onRemove={() => onChange(rules.filter((_, at) => at !== index))}
            onRaise={index > 0 ? () => raise(index) : undefined}
          />
        ))}
      </ol>
      <Box mt={1} display="flex" flexWrap="wrap">
        <Button
          size="small"
          startIcon={<Add />}
          disabled={rules.length >= MAX_RULES}
          onClick={() => onChange([...rules, { type: 'value' }])}
        >
          {t('copy.addRule')}
        </Button>
        {edited && (
          <Button size="small" onClick={() => onChange(undefined)}>
            {t('copy.proposeRules')}
          </Button>
        )}
      </Box>
    </>
  );
}
