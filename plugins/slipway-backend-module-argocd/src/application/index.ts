export { mergeResources } from './mergeResources';
export { HEALTH_STATES } from './states';
export {
  controllerNamespaceOf,
  toEngineObject,
  toEngineObjectKey,
} from './toEngineObject';
export type { ApplicationHome } from './toEngineObject';
