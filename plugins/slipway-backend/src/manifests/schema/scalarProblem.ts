import type { FlatSchema, ValueType } from './FlatSchema';
import { isWhole, type ScalarValue } from './scalarValue';

/** What is wrong with a scalar, as part of a finding. */
export interface ScalarProblem {
  severity: 'error' | 'warning';
  code: 'wrongType' | 'looksLikeBoolean' | 'notInEnum' | 'wrongFormat';
  params: Record<string, string>;
}

const MAX_SHOWN = 200;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DATE_TIME =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/i;
const RANGES: Record<string, bigint> = { int32: 1n << 31n, int64: 1n << 63n };

/** Holds a scalar against its schema. */
export function scalarProblem(
  value: ScalarValue,
  schema: FlatSchema,
): ScalarProblem | undefined {
  const { types } = schema;
  if (value.type === 'null') {
    return schema.acceptsNull ? undefined : wrongType(types!, 'null');
  }
  if (types && value.likeBoolean && !types.includes('boolean')) {
    return types.includes('string')
      ? {
          severity: 'warning',
          code: 'looksLikeBoolean',
          params: { value: value.text },
        }
      : wrongType(types, 'boolean');
  }
  if (types && !value.likeBoolean && !fits(value, types)) {
    return wrongType(types, value.type);
  }
  return enumProblem(value, schema) ?? formatProblem(value, schema);
}

export function wrongType(
  expected: readonly ValueType[],
  actual: string,
): ScalarProblem {
  return {
    severity: 'error',
    code: 'wrongType',
    params: { expected: expected.join(', '), actual },
  };
}

function fits(value: ScalarValue, types: readonly ValueType[]): boolean {
  return types.some(
    type =>
      type === value.type ||
      (type === 'number' && value.type === 'integer') ||
      (type === 'integer' && isWhole(value)),
  );
}

function enumProblem(
  { text }: ScalarValue,
  schema: FlatSchema,
): ScalarProblem | undefined {
  const values = schema.enum?.map(String);
  // To built-in kinds an empty text is no text.
  if (!values || values.includes(text) || (text === '' && schema.acceptsNull)) {
    return undefined;
  }
  return {
    severity: 'error',
    code: 'notInEnum',
    params: {
      value: text.slice(0, MAX_SHOWN),
      allowed: values.join(', ').slice(0, MAX_SHOWN),
    },
  };
}

function formatProblem(
  value: ScalarValue,
  { format }: FlatSchema,
): ScalarProblem | undefined {
  if (format === undefined || hasFormat(value, format)) {
    return undefined;
  }
  return {
    // Of a date more spellings are read than are written in the standard.
    severity: format === 'date-time' ? 'warning' : 'error',
    code: 'wrongFormat',
    params: { format },
  };
}

function hasFormat({ type, text }: ScalarValue, format: string): boolean {
  if (Object.hasOwn(RANGES, format)) {
    const digits = text.replaceAll('_', '').replace(/^\+/, '');
    if (type !== 'integer' || !/^-?[0-9]{1,40}$/.test(digits)) {
      return true;
    }
    const number = BigInt(digits);
    return number >= -RANGES[format] && number < RANGES[format];
  }
  if (type !== 'string') {
    return true;
  }
  switch (format) {
    case 'byte':
      return BASE64.test(text.replace(/[\r\n]/g, ''));
    case 'date-time':
      return DATE_TIME.test(text);
    default:
      return true;
  }
}
