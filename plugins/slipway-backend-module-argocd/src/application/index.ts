export { mergeResources } from './mergeResources';
export { HEALTH_STATES } from './states';
export { toEngineObject, toEngineObjectKey } from './toEngineObject';
export type { ApplicationHome } from './toEngineObject';
