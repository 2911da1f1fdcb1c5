export { FileStatusMark } from './FileStatusMark';
export { ReviewDrawer } from './ReviewDrawer';
export type { ReviewDrawerProps } from './ReviewDrawer';
export type { ReviewRequest } from './types';
