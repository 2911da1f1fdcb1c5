import type { ResourceType } from '../store/types';
import type { DeclaredType } from './declarations';
import { type Model, modelOf } from './models';
import { referenceTo, type Schema, type Schemas } from './types';

// What the declarations cannot tell; the real server writes them by hand as well.
const BY_HAND: Record<string, Schema> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
};
const ANY_VALUE = /\.(JSON|JSONSchemaPropsOr(Array|Bool|StringArray))$/;

/** An `apiVersion` or `kind` with its one value, which the real server neither tells nor asks for: the URL says it. */
function isTypeMeta(type: DeclaredType): boolean {
  return type.type === 'enum' && type.values.length === 1;
}

class Builder {
  readonly schemas: Schemas = {};

  add(model: Model): void {
    const { name, declaration } = model;
    if (this.schemas[name]) {
      return;
    }
    const { description, fields, alias } = declaration;
    const schema: Schema = { description };
    this.schemas[name] = schema;
    if (BY_HAND[name]) {
      Object.assign(schema, BY_HAND[name]);
    } else if (alias) {
      Object.assign(schema, this.#schemaOf(model, alias, ''));
    } else if (fields && !ANY_VALUE.test(name)) {
      schema.type = 'object';
      const entries = Object.entries(fields);
      if (entries.length) {
        schema.properties = Object.fromEntries(
          entries.map(([key, field]) => [
            key,
            this.#property(model, key, field.type, field.description),
          ]),
        );
      }
      const required = entries
        .filter(([, field]) => field.required && !isTypeMeta(field.type))
        .map(([key]) => key);
      if (required.length) {
        schema.required = required;
      }
    }
  }

  #property(
    model: Model,
    key: string,
    type: DeclaredType,
    description?: string,
  ): Schema {
    if (isTypeMeta(type)) {
      return { description, type: 'string' };
    }
    const schema = this.#schemaOf(model, type, `/${key}`);
    // As Kubernetes writes it: nothing may stand beside a reference.
    return schema.$ref && description
      ? { allOf: [schema], description }
      : { ...schema, description };
  }

  #schemaOf(model: Model, type: DeclaredType, path: string): Schema {
    const { integer, format } = model.formats[path] ?? {};
    switch (type.type) {
      case 'number':
        return {
          type: integer ? 'integer' : 'number',
          format: format ?? 'double',
        };
      case 'string':
        return { type: 'string', format };
      case 'boolean':
        return { type: 'boolean' };
      case 'enum':
        return { type: 'string', enum: type.values };
      case 'array':
        return {
          type: 'array',
          items: this.#schemaOf(model, type.items, `${path}/0`),
        };
      case 'map':
        return {
          type: 'object',
          additionalProperties: this.#schemaOf(model, type.values, `${path}/x`),
        };
      case 'reference': {
        const target = model.resolve(type.to);
        this.add(target);
        return referenceTo(target.name);
      }
      default:
        return {};
    }
  }
}

/** The schemas of built-in kinds and their lists, and of all that they refer to. */
export function builtinSchemas(types: readonly ResourceType[]): Schemas {
  const builder = new Builder();
  for (const { group, version, kind } of types) {
    for (const name of [kind, `${kind}List`]) {
      const model = modelOf(group, version, name);
      builder.add(model);
      builder.schemas[model.name]['x-kubernetes-group-version-kind'] = [
        { group, kind: name, version },
      ];
    }
  }
  return builder.schemas;
}

/** The schemas of the metadata of objects and lists. */
export function metaSchemas(): Schemas {
  const builder = new Builder();
  for (const kind of ['ConfigMap', 'ConfigMapList']) {
    const model = modelOf('', 'v1', kind);
    const { type } = model.declaration.fields!.metadata;
    if (type.type === 'reference') {
      builder.add(model.resolve(type.to));
    }
  }
  return builder.schemas;
}
