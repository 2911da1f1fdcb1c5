import { asList, asRecord, isRecord } from '../store/json';
import type { Declaration, DeclaredType } from './declarations';

/** A compiled validator of `kubernetes-models`; it leaves its errors on itself. */
export interface Validator {
  (value: unknown): boolean;
  errors?: unknown;
}

/** What a validator wants of numbers and texts, by the path to them. */
export type Formats = Record<string, { integer?: true; format?: string }>;

// No integer of any size, and a text that no format allows.
const ODD_NUMBER = 1.5;
const ODD_TEXT = '\0';

function oddValue(type: DeclaredType): unknown {
  switch (type.type) {
    case 'number':
      return ODD_NUMBER;
    case 'string':
      return ODD_TEXT;
    case 'array':
      return [oddValue(type.items)];
    case 'map':
      return { x: oddValue(type.values) };
    default:
      return undefined;
  }
}

/**
 * Asks a validator what it minds. Declarations call every number `number` and every text `string`; whether it must be
 * an integer, base64 or a date is only in the compiled validators, which say so when they see odd values.
 */
export function askFormats(
  { fields, alias }: Declaration,
  validate: Validator,
): Formats {
  const odd = fields
    ? Object.fromEntries(
        Object.entries(fields).map(([name, { type }]) => [
          name,
          oddValue(type),
        ]),
      )
    : oddValue(alias ?? { type: 'unknown' });
  validate(odd);
  const formats: Formats = {};
  for (const error of asList(validate.errors).filter(isRecord)) {
    const path = String(error.instancePath);
    const { type, format } = asRecord(error.params);
    if (error.keyword === 'type' && type === 'integer') {
      formats[path] = { ...formats[path], integer: true };
    } else if (error.keyword === 'format') {
      formats[path] = { ...formats[path], format: String(format) };
    }
  }
  return formats;
}
