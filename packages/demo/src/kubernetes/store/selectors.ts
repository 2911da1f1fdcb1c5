import { badRequest } from './ApiError';
import { readPath } from './json';
import type { KubernetesObject, ResourceType, SelectorOptions } from './types';

/** Whether an object is selected. */
export type Predicate = (object: KubernetesObject) => boolean;

const LABEL_KEY = /^(?:[a-z0-9][a-z0-9.-]*\/)?[A-Za-z0-9][\w.-]*$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?$/;
const SET_TERM = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALITY_TERM = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/;

/** Splits at commas outside of parentheses. */
function splitTerms(selector: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let term = '';
  for (const character of selector) {
    if (character === ',' && depth === 0) {
      terms.push(term.trim());
      term = '';
      continue;
    }
    depth += Number(character === '(') - Number(character === ')');
    term += character;
  }
  return [...terms, term.trim()];
}

function labelTerm(term: string, selector: string): Predicate {
  const fail = () =>
    badRequest(`unable to parse requirement: "${term}" in "${selector}"`);
  const key = (text: string) => {
    if (!LABEL_KEY.test(text)) {
      throw fail();
    }
    return text;
  };
  const value = (text: string) => {
    if (!LABEL_VALUE.test(text)) {
      throw fail();
    }
    return text;
  };
  const labelOf = (object: KubernetesObject, name: string) =>
    object.metadata.labels?.[name];

  const set = SET_TERM.exec(term);
  if (set) {
    const name = key(set[1]);
    const values = set[3].split(',').map(item => value(item.trim()));
    return set[2] === 'in'
      ? object => values.includes(labelOf(object, name) ?? '\0')
      : object => !values.includes(labelOf(object, name) ?? '\0');
  }
  const equality = EQUALITY_TERM.exec(term);
  if (equality) {
    const name = key(equality[1]);
    const wanted = value(equality[3]);
    return equality[2] === '!='
      ? object => labelOf(object, name) !== wanted
      : object => labelOf(object, name) === wanted;
  }
  if (term.startsWith('!')) {
    const name = key(term.slice(1).trim());
    return object => labelOf(object, name) === undefined;
  }
  const name = key(term);
  return object => labelOf(object, name) !== undefined;
}

function fieldTerm(term: string, type: ResourceType): Predicate {
  const match = EQUALITY_TERM.exec(term);
  if (!match) {
    throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  }
  const [, field, operator, wanted] = match;
  const supported = ['metadata.name', ...type.selectableFields];
  if (type.namespaced) {
    supported.push('metadata.namespace');
  }
  if (!supported.includes(field)) {
    throw badRequest(
      `Unable to find "${type.group}/${type.version}, Resource=${type.resource}" that match field selector "${term}": field label not supported: ${field}`,
    );
  }
  return object => {
    const equal = String(readPath(object, field) ?? '') === wanted;
    return operator === '!=' ? !equal : equal;
  };
}

/**
 * Compiles label and field selectors to one predicate.
 * See https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api
 */
export function compileSelectors(
  type: ResourceType,
  { labelSelector = '', fieldSelector = '' }: SelectorOptions,
): Predicate {
  const predicates: Predicate[] = [];
  if (labelSelector.trim()) {
    predicates.push(
      ...splitTerms(labelSelector).map(term => labelTerm(term, labelSelector)),
    );
  }
  if (fieldSelector.trim()) {
    predicates.push(
      ...splitTerms(fieldSelector).map(term => fieldTerm(term, type)),
    );
  }
  return object => predicates.every(matches => matches(object));
}
