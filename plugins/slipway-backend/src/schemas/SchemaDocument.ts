import {
  type GroupVersionKind,
  isSchema,
  type KubernetesSchema,
  type SchemaNode,
} from '../manifests/schema';
import { isObject, parseObject } from './openApiIndex';

/** The schemas of one group version. */
export class SchemaDocument {
  /** Characters of its JSON, for which about three times as many bytes are held. */
  readonly size: number;
  readonly #definitions: Record<string, KubernetesSchema>;
  /** Of its kinds. */
  readonly #nodes = new Map<string, SchemaNode>();

  /** @returns `undefined` for what is no OpenAPI document with schemas */
  static parse(text: string): SchemaDocument | undefined {
    const { components } = parseObject(text) ?? {};
    const schemas = isObject(components) ? components.schemas : undefined;
    return isObject(schemas) ? new SchemaDocument(schemas) : undefined;
  }

  private constructor(schemas: Record<string, unknown>) {
    // Without the paths, which are the most of it.
    this.size = JSON.stringify(schemas).length;
    this.#definitions = Object.fromEntries(
      Object.entries(schemas).filter(
        (entry): entry is [string, KubernetesSchema] => isSchema(entry[1]),
      ),
    );
    for (const [name, schema] of Object.entries(this.#definitions)) {
      const kinds = schema['x-kubernetes-group-version-kind'];
      // Options such as those of a deletion belong to the kinds of every group.
      if (Array.isArray(kinds) && kinds.length === 1 && isObject(kinds[0])) {
        const { group, version, kind } = kinds[0];
        this.#nodes.set(JSON.stringify([group, version, kind]), {
          name,
          schema,
          definitions: this.#definitions,
        });
      }
    }
  }

  node({ group, version, kind }: GroupVersionKind): SchemaNode | undefined {
    return this.#nodes.get(JSON.stringify([group, version, kind]));
  }
}
