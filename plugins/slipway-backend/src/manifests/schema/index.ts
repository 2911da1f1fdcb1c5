export {
  appliedObjects,
  readApplied,
  type AppliedObject,
} from './appliedObjects';
export { kindsOf, kindsOfObjects } from './kindsOf';
export { schemaAt } from './schemaAt';
export type { FieldDescription, SchemaDescription } from './schemaAt';
export { toJsonSchema } from './toJsonSchema';
export {
  isSchema,
  toGroupVersionKind,
  type GroupVersionKind,
  type KubernetesSchema,
  type SchemaNode,
} from './types';
export { validateAgainst, validateObjects } from './validateAgainst';
export type { ValidateAgainstOptions } from './validateAgainst';
