export { kindsOf } from './kindsOf';
export { schemaAt } from './schemaAt';
export type { FieldDescription, SchemaDescription } from './schemaAt';
export { toJsonSchema } from './toJsonSchema';
export {
  toGroupVersionKind,
  type GroupVersionKind,
  type KubernetesSchema,
  type SchemaNode,
} from './types';
export { validateAgainst } from './validateAgainst';
export type { ValidateAgainstOptions } from './validateAgainst';
