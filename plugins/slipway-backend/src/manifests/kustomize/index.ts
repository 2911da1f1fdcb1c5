export { appliedFiles } from './appliedFiles';
export { checkReferences } from './checkReferences';
export { directoryOf, isKustomization } from './kustomizationPath';
export { referencesOf } from './referencesOf';
export type { KustomizeReference, ReferenceTarget } from './referencesOf';
