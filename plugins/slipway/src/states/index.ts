export { EmptyPanel } from './EmptyPanel';
export { errorKind, errorMessage } from './errorKind';
export { ErrorState } from './ErrorState';
export { LiveRegion } from './LiveRegion';
export { Loaded } from './Loaded';
export type { LoadedQuery } from './Loaded';
export { LoadingRows } from './LoadingRows';
export { StaleNote } from './StaleNote';
