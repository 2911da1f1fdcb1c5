import type { JsonRecord } from '../store/json';

/** An OpenAPI v3 schema, as Kubernetes publishes it. */
export interface Schema extends JsonRecord {
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
}

/** `components.schemas` of a document. */
export type Schemas = Record<string, Schema>;

/** The schema that a reference in a document points to. */
export function referenceTo(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
