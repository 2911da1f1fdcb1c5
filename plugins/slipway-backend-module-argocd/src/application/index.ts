export { mergeResources } from './mergeResources';
export { toEngineObject, toEngineObjectKey } from './toEngineObject';
export type { ApplicationHome } from './toEngineObject';
