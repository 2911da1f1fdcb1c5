export { planCopy } from './planCopy';
export {
  readCopyContext,
  type ReadCopyContextOptions,
} from './readCopyContext';
export { previewCopy } from './previewCopy';
export type { CopyOptions, PlannedCopy } from './types';
