import { ITEM, type ObjectPath } from './keyAt';

/** A JSON schema, as a server says it: nothing in it is taken for granted. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Steps from one reference to the next. */
const MAX_REFERENCES = 20;

/** What there is to know of one field. */
export interface Field {
  description?: string;
  /** As in `string`, `array of Container`, `map of string`. */
  type: string;
  /** The object around it is not complete without it. */
  required: boolean;
  values: readonly string[];
  default?: string;
}

/** The schema at a path of an object, `undefined` where the root knows nothing of it. */
export function schemaAt(
  root: JsonSchema,
  path: ObjectPath,
): JsonSchema | undefined {
  let schema: JsonSchema | undefined = resolve(root, root);
  for (const step of path) {
    if (!schema) return undefined;
    const next: unknown =
      step === ITEM
        ? schema.items
        : own(schema.properties, step) ?? schema.additionalProperties;
    schema = isSchema(next) ? resolve(root, next) : undefined;
  }
  return schema;
}

/** The fields that an object may have, by name; those that it must have come first. */
export function fieldsOf(
  root: JsonSchema,
  schema: JsonSchema,
): Array<{ name: string } & Field> {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  return Object.keys(properties)
    .map(name => ({ name, ...fieldOf(root, schema, name) }))
    .sort(
      (a, b) =>
        Number(b.required) - Number(a.required) || (a.name < b.name ? -1 : 1),
    );
}

/** What is to know of the last step of a path. */
export function fieldAt(root: JsonSchema, path: ObjectPath): Field | undefined {
  const parent = schemaAt(root, path.slice(0, -1));
  const name = path.at(-1);
  if (!parent || name === undefined || !schemaAt(root, path)) return undefined;
  return fieldOf(root, parent, name);
}

function fieldOf(root: JsonSchema, parent: JsonSchema, name: string): Field {
  const written = own(parent.properties, name) ?? parent.additionalProperties;
  const schema = isSchema(written) ? written : {};
  const resolved = resolve(root, schema);
  const { required } = parent;
  return {
    // What is said of the field rather than of its type.
    description: textOf(schema.description) ?? textOf(resolved.description),
    type: typeOf(root, schema),
    required: Array.isArray(required) && required.includes(name),
    values: valuesOf(resolved),
    default: defaultOf(schema.default ?? resolved.default),
  };
}

function valuesOf(schema: JsonSchema): string[] {
  if (Array.isArray(schema.enum)) {
    return schema.enum.filter(one => one !== null).map(String);
  }
  return schema.type === 'boolean' ? ['true', 'false'] : [];
}

export function typeOf(root: JsonSchema, schema: JsonSchema): string {
  const resolved = resolve(root, schema);
  if (resolved['x-kubernetes-int-or-string']) return 'integer or string';
  const { type, items, additionalProperties, format } = resolved;
  if (type === 'array' && isSchema(items)) {
    return `array of ${typeOf(root, items)}`;
  }
  if (type !== undefined && type !== 'object') {
    const plain = Array.isArray(type) ? type.join(' or ') : String(type);
    return typeof format === 'string' ? `${plain} (${format})` : plain;
  }
  if (isSchema(additionalProperties) && !isSchema(resolved.properties)) {
    return `map of ${typeOf(root, additionalProperties)}`;
  }
  const name = referenceIn(schema);
  if (name !== undefined) return name.slice(name.lastIndexOf('.') + 1);
  const { oneOf } = resolved;
  if (type === undefined && Array.isArray(oneOf)) {
    const types = oneOf.filter(isSchema).map(one => typeOf(root, one));
    return [...new Set(types)].join(' or ');
  }
  return type === undefined ? 'any' : 'object';
}

/** With what it refers to and what it is put together from; its own words win. */
function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  let resolved = schema;
  for (let step = 0; step < MAX_REFERENCES; step += 1) {
    const { $ref, allOf, ...rest } = resolved;
    const parts: JsonSchema[] = Array.isArray(allOf)
      ? allOf.filter(isSchema)
      : [];
    const name = referenceIn({ $ref });
    const target = name === undefined ? undefined : own(root.$defs, name);
    if (isSchema(target)) parts.unshift(target);
    if (parts.length === 0) return resolved;
    resolved = Object.assign({}, ...parts, rest) as JsonSchema;
  }
  return resolved;
}

function referenceIn(schema: JsonSchema): string | undefined {
  const { $ref, allOf } = schema;
  if (typeof $ref === 'string') {
    return $ref.startsWith('#/$defs/')
      ? $ref.slice(8).replaceAll('~1', '/').replaceAll('~0', '~')
      : undefined;
  }
  // References with something beside them are written so in OpenAPI 3.0.
  const only = Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : {};
  return isSchema(only) && only.$ref ? referenceIn(only) : undefined;
}

function defaultOf(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // An empty object says no more than that it may be left out.
  return text === '{}' || text.length > 100 ? undefined : text;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function own(map: unknown, key: string): unknown {
  return isSchema(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
