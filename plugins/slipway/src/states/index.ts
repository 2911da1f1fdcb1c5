export { EmptyPanel } from './EmptyPanel';
export { errorKind, errorMessage } from './errorKind';
export { ErrorState } from './ErrorState';
export { LiveRegion } from './LiveRegion';
export { LoadingRows } from './LoadingRows';
export { StaleNote } from './StaleNote';
