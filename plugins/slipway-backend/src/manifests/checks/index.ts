export { checkFile } from './checkFile';
export { duplicateObjects } from './duplicateObjects';
export {
  isBroken,
  objectKey,
  objectsOf,
  prunedObjects,
  rememberObjects,
} from './objectsOf';
export type { ManifestFile, ManifestObject } from './objectsOf';
export { plainSecrets, secretFindings } from './secretFindings';
export type { PlainSecretPolicy } from './secretFindings';
