import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { parseEntityRef } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { nameProblem } from '../layout';
import type { YamlSource } from './YamlSource';
import { nearest } from './nearest';
import {
  configRepoFileSchema,
  copyRulesFileSchema,
  environmentFileSchema,
} from './schemas';
import type { SlipwayFileKind } from './types';

const schemas: { [kind in SlipwayFileKind]: JsonObject } = {
  ConfigRepo: configRepoFileSchema,
  Environment: environmentFileSchema,
  CopyRules: copyRulesFileSchema,
};

const compiled = new Map<SlipwayFileKind, ValidateFunction>();

/** Compiled when first needed: a frontend that imports this package may not be allowed to, and does not want to pay for it. */
function validatorOf(kind: SlipwayFileKind): ValidateFunction {
  const known = compiled.get(kind);
  if (known) return known;
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // "Either branch or tag" asks in one place for what is described in another.
    strictRequired: false,
    verbose: true,
  });
  ajv.addFormat('slipway-name', (text: string) => !nameProblem(text));
  ajv.addFormat('slipway-entity-ref', isEntityRef);
  const validator = ajv.compile(schemas[kind]);
  compiled.set(kind, validator);
  return validator;
}

/**
 * Checks a file's value against its schema; what is wrong goes to the source's findings, each where it is.
 *
 * @internal
 */
export function validateSchema(source: YamlSource, kind: SlipwayFileKind) {
  const validator = validatorOf(kind);
  if (validator(source.value)) return;
  const seen = new Set<string>();
  for (const error of validator.errors ?? []) {
    if (source.findings.isFull) return;
    // A name that is none breaks its format and its pattern, and the map that it is a key of: say it once.
    if (error.keyword === 'propertyNames') continue;
    if (error.schemaPath.includes('/oneOf/')) continue;
    const place = `${error.instancePath}\n${error.propertyName ?? ''}\n`;
    const about = ['format', 'pattern', 'minLength', 'maxLength'].includes(
      error.keyword,
    )
      ? 'text'
      : JSON.stringify([error.keyword, error.params]);
    if (seen.has(place + about)) continue;
    seen.add(place + about);
    reportError(source, error);
  }
}

function reportError(source: YamlSource, error: ErrorObject) {
  const pointer = pointerOf(error.instancePath, source.value);
  const path = pathOf(pointer);
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const known = Object.keys(Object(error.parentSchema?.properties));
    const suggestion = nearest(key, known);
    source.report(
      'unknownKey',
      { path, key: shorten(key), ...(suggestion && { suggestion }) },
      [...pointer, key],
      { atKey: true },
    );
    return;
  }
  if (error.keyword === 'required') {
    const key = String(error.params.missingProperty);
    source.report('missingKey', { path, key }, pointer);
    return;
  }
  const { propertyName } = error;
  const at = propertyName === undefined ? pointer : [...pointer, propertyName];
  const options = { atKey: propertyName !== undefined };
  const text = propertyName ?? error.data;
  const format = error.parentSchema?.format;
  if (typeof text === 'string' && format === 'slipway-name') {
    const problem = nameProblem(text) ?? 'separator';
    source.report('nameInvalid', { path: pathOf(at), problem }, at, options);
    return;
  }
  if (typeof text === 'string' && format === 'slipway-entity-ref') {
    source.report('entityRefInvalid', { path: pathOf(at) }, at, options);
    return;
  }
  const { keyword } = error;
  const expected = expectedBy(error);
  const params = { path: pathOf(at), keyword, expected };
  source.report('schemaInvalid', params, at, options);
}

/** What the rule wants, in the words of the schema. The value itself stays out: it may be a secret that was put in the wrong place. */
function expectedBy({ keyword, params, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return String(params.type);
    case 'const':
      return String(params.allowedValue);
    case 'enum':
      return params.allowedValues.join(', ');
    case 'pattern':
      return String(parentSchema?.description ?? params.pattern);
    case 'oneOf':
      return String(parentSchema?.description ?? '');
    case 'uniqueItems':
      return '';
    default:
      return String(params.limit ?? '');
  }
}

function pointerOf(
  instancePath: string,
  value: unknown,
): Array<string | number> {
  const steps = instancePath.split('/').slice(1);
  let parent = value;
  return steps.map(escaped => {
    const step = escaped.replace(/~1/g, '/').replace(/~0/g, '~');
    const isIndex = Array.isArray(parent);
    parent = Object(parent)[step];
    return isIndex ? Number(step) : step;
  });
}

/**
 * A pointer as a person writes it: `spec.targets[0].cluster`.
 *
 * @internal
 */
export function pathOf(pointer: ReadonlyArray<string | number>): string {
  let path = '';
  for (const step of pointer) {
    if (typeof step === 'number') path += `[${step}]`;
    else path += path ? `.${shorten(step)}` : shorten(step);
  }
  return path;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function isEntityRef(ref: string): boolean {
  try {
    parseEntityRef(ref);
    return /^[^\s/:]+:(?:[^\s/:]+\/)?[^\s/:]+$/.test(ref);
  } catch {
    return false;
  }
}
