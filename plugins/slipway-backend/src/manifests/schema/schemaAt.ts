import { FlatSchema, type ValueType } from './FlatSchema';
import type { SchemaNode } from './types';

/** What a person wants to know of a field while writing it. */
export interface FieldDescription {
  description?: string;
  /** Any when absent. */
  types?: ValueType[];
  format?: string;
  enum?: string[];
  required: boolean;
}

export interface SchemaDescription extends FieldDescription {
  /** For completion, in the order of the schema. */
  properties: Array<{ name: string } & FieldDescription>;
}

/**
 * Describes the place in an object that a path leads to; numbers are places in lists.
 *
 * @returns `undefined` where the schema knows of nothing
 */
export function schemaAt(
  node: SchemaNode,
  path: ReadonlyArray<string | number>,
): SchemaDescription | undefined {
  let schema = FlatSchema.ofNode(node);
  let required = false;
  for (const step of path) {
    const next: FlatSchema | 'any' | undefined =
      typeof step === 'number'
        ? schema.items
        : schema.property(step) ?? schema.additional(step);
    if (next === undefined || next === 'any') {
      return undefined;
    }
    required = typeof step === 'string' && schema.required.includes(step);
    schema = next;
  }
  return {
    ...describe(schema, required),
    properties: schema.propertyNames.map(name => ({
      name,
      ...describe(schema.property(name)!, schema.required.includes(name)),
    })),
  };
}

function describe(schema: FlatSchema, required: boolean): FieldDescription {
  const { description, types, format } = schema;
  return {
    description,
    types,
    format,
    enum: schema.enum?.map(String),
    required,
  };
}
