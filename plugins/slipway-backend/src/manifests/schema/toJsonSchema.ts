import { referencedName } from './FlatSchema';
import { isSchema, type KubernetesSchema, type SchemaNode } from './types';

/**
 * One JSON schema that stands for itself: what it refers to is in `$defs`, each once, and nothing else is.
 */
export function toJsonSchema({
  schema,
  definitions,
}: SchemaNode): Record<string, unknown> {
  const defs: Record<string, unknown> = {};
  const waiting: string[] = [];
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(copy);
    }
    if (!isSchema(value)) {
      return value;
    }
    const name = referencedName(value);
    if (name !== undefined && Object.hasOwn(definitions, name)) {
      waiting.push(name);
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && name !== undefined
          ? `#/$defs/${escape(name)}`
          : copy(inner),
      ]),
    );
  };
  const root = copy(schema) as KubernetesSchema;
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!Object.hasOwn(defs, name)) {
      // Never a prototype, whatever a server calls its schemas.
      Object.defineProperty(defs, name, {
        value: undefined,
        writable: true,
        enumerable: true,
      });
      defs[name] = copy(definitions[name]);
    }
  }
  return { ...root, $defs: defs };
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
