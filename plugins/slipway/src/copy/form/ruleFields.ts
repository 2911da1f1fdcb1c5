import type { CopyRule } from '@slipway/backstage-plugin-slipway-common';

export type RuleType = CopyRule['type'];

/** What a rule may be told, besides its type. */
export type RuleField = Exclude<keyof CopyRule, 'type'>;

/** The fields that mean something to each type of rule, in the order in which they are asked for. */
export const ruleFields: { [type in RuleType]: readonly RuleField[] } = {
  namespace: ['from', 'to'],
  host: ['from', 'to', 'kind', 'name'],
  image: ['from', 'to', 'tag', 'kind', 'name'],
  replicas: ['to', 'kind', 'name'],
  label: ['path', 'from', 'to', 'kind', 'name'],
  value: ['path', 'from', 'to', 'kind', 'name'],
  text: ['from', 'to', 'kind', 'name'],
  keep: ['path', 'kind', 'name'],
};

export const ruleTypes = Object.keys(ruleFields) as RuleType[];

/** The rule as one of another type, with what that type can use of it. */
export function withType(rule: CopyRule, type: RuleType): CopyRule {
  return {
    type,
    ...Object.fromEntries(
      ruleFields[type]
        .filter(field => rule[field] !== undefined)
        .map(field => [field, rule[field]]),
    ),
  };
}

/** The rule with another value of a field; an emptied one is left out, except where what is put in place may be empty. */
export function withField(
  rule: CopyRule,
  field: RuleField,
  value: string,
): CopyRule {
  const { [field]: _before, ...rest } = rule;
  return value === '' && field !== 'to' ? rest : { ...rest, [field]: value };
}
