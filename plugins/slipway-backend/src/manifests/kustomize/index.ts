export { checkReferences } from './checkReferences';
export {
  directoryOf,
  isKustomization,
  kustomizationPaths,
} from './kustomizationPath';
export { referencesOf } from './referencesOf';
export type { KustomizeReference, ReferenceTarget } from './referencesOf';
