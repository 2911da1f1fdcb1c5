export * from './draftEdits';
export type { Draft, DraftMark, DraftOperation } from './types';
export { useDraft, useDrafts } from './useDraft';
