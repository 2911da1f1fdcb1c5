export * from './draftEdits';
export { draftFiles, fileKey, takenPaths } from './draftFiles';
export type { Draft, DraftMark, DraftOperation } from './types';
export { useDraft, useDrafts } from './useDraft';
