import { isSchema, type KubernetesSchema, type SchemaNode } from './types';

export type ValueType =
  | 'object'
  | 'array'
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean';

const REFERENCE = '#/components/schemas/';
/** The Go packages of the built-in APIs; custom kinds are named after their group, turned round. */
const BUILT_IN =
  /^io\.k8s\.(?:api|apimachinery|apiextensions-apiserver|kube-aggregator)\./;
const QUANTITY = /\.pkg\.api\.resource\.Quantity$/;
const INT_OR_STRING = /\.pkg\.util\.intstr\.IntOrString$/;
const VALUE_TYPES = [
  'object',
  'array',
  'string',
  'integer',
  'number',
  'boolean',
];
/** Kubernetes nests none of its references; this guards against those of a server that does. */
const MAX_PARTS = 20;

/**
 * One schema with what it refers to. Kubernetes writes `$ref`, or `allOf` with a `$ref` and a description and a default beside
 * it; what stands nearer wins.
 */
export class FlatSchema {
  readonly #parts: KubernetesSchema[] = [];
  readonly #names: string[] = [];
  readonly #definitions: SchemaNode['definitions'];
  readonly #builtIn: boolean;

  static ofNode({ name, schema, definitions }: SchemaNode): FlatSchema {
    return new FlatSchema(schema, definitions, BUILT_IN.test(name));
  }

  private constructor(
    schema: KubernetesSchema,
    definitions: SchemaNode['definitions'],
    builtIn: boolean,
  ) {
    this.#definitions = definitions;
    this.#add(schema);
    const name = this.#names.at(-1);
    this.#builtIn = name === undefined ? builtIn : BUILT_IN.test(name);
  }

  #add(schema: KubernetesSchema): void {
    if (this.#parts.length >= MAX_PARTS || this.#parts.includes(schema)) {
      return;
    }
    this.#parts.push(schema);
    const name = referencedName(schema);
    if (name !== undefined && Object.hasOwn(this.#definitions, name)) {
      this.#names.push(name);
      this.#add(this.#definitions[name]);
    }
    for (const part of schemasIn(schema.allOf)) {
      this.#add(part);
    }
  }

  #inner(schema: unknown): FlatSchema | undefined {
    return isSchema(schema)
      ? new FlatSchema(schema, this.#definitions, this.#builtIn)
      : undefined;
  }

  #first(keyword: string): unknown {
    return this.#parts.find(part => part[keyword] !== undefined)?.[keyword];
  }

  #says(keyword: string): boolean {
    return this.#parts.some(part => part[keyword] === true);
  }

  get description(): string | undefined {
    const text = this.#first('description');
    return typeof text === 'string' ? text : undefined;
  }

  get format(): string | undefined {
    const format = this.#first('format');
    return typeof format === 'string' ? format : undefined;
  }

  get default(): unknown {
    return this.#first('default');
  }

  /** Types that a value may have; `undefined` for any. */
  get types(): ValueType[] | undefined {
    if (
      this.#says('x-kubernetes-int-or-string') ||
      this.format === 'int-or-string' ||
      this.#names.some(name => INT_OR_STRING.test(name))
    ) {
      return ['integer', 'string'];
    }
    if (this.#names.some(name => QUANTITY.test(name))) {
      return ['string', 'number'];
    }
    const type = this.#first('type');
    if (isValueType(type)) {
      return [type];
    }
    const choices = schemasIn(this.#first('oneOf') ?? this.#first('anyOf'));
    const types = choices.map(choice => choice.type).filter(isValueType);
    return types.length > 0 && types.length === choices.length
      ? types
      : undefined;
  }

  /** `undefined` when any value will do. */
  get enum(): unknown[] | undefined {
    const values = this.#first('enum');
    return Array.isArray(values) && values.length > 0 ? values : undefined;
  }

  get required(): string[] {
    return this.#parts.flatMap(({ required }) =>
      Array.isArray(required)
        ? required.filter(name => typeof name === 'string')
        : [],
    );
  }

  get propertyNames(): string[] {
    const names = this.#parts.flatMap(({ properties }) =>
      isSchema(properties) ? Object.keys(properties) : [],
    );
    return [...new Set(names)];
  }

  get items(): FlatSchema | undefined {
    return this.#inner(this.#first('items'));
  }

  /**
   * Whether null is the same as no field. Built-in kinds are decoded into Go structures, which know no null; only the schemas of
   * custom kinds are enforced as they are written.
   */
  get nullIsNothing(): boolean {
    return this.#builtIn;
  }

  get acceptsNull(): boolean {
    return (
      this.#builtIn ||
      this.types === undefined ||
      this.#says('nullable') ||
      this.default !== undefined
    );
  }

  /**
   * Whether the API server fills in a value that is missing. The schemas of built-in kinds give every field that Go does not hold
   * by a pointer its empty value as default: that one does not help.
   */
  get fillsIn(): boolean {
    const value = this.default;
    if (value === undefined || !this.#builtIn) {
      return value !== undefined;
    }
    return isSchema(value) ? Object.keys(value).length > 0 : Boolean(value);
  }

  /** The schema of a field that is named in the schema. */
  property(name: string): FlatSchema | undefined {
    for (const { properties } of this.#parts) {
      if (isSchema(properties) && Object.hasOwn(properties, name)) {
        return this.#inner(properties[name]);
      }
    }
    return undefined;
  }

  /**
   * The schema of a field that is not named in the schema.
   *
   * @returns `any` when its value is not looked at, `undefined` when there must be none
   */
  additional(name: string): FlatSchema | 'any' | undefined {
    const others = this.#first('additionalProperties');
    if (isSchema(others)) {
      return this.#inner(others);
    }
    const open =
      others === true ||
      this.#says('x-kubernetes-preserve-unknown-fields') ||
      // Such as RawExtension; in custom kinds an object without fields has none.
      (this.#builtIn && this.propertyNames.length === 0) ||
      (this.#says('x-kubernetes-embedded-resource') &&
        ['apiVersion', 'kind', 'metadata'].includes(name));
    return open ? 'any' : undefined;
  }
}

/** The name in `components.schemas` that a schema refers to. */
export function referencedName({ $ref }: KubernetesSchema): string | undefined {
  return typeof $ref === 'string' && $ref.startsWith(REFERENCE)
    ? $ref.slice(REFERENCE.length).replaceAll('~1', '/').replaceAll('~0', '~')
    : undefined;
}

function schemasIn(value: unknown): KubernetesSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isValueType(value: unknown): value is ValueType {
  return typeof value === 'string' && VALUE_TYPES.includes(value);
}
