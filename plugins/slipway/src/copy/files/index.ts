export { CopiedFileMark } from './CopiedFileMark';
export { CopiedFiles } from './CopiedFiles';
export { countCopied, isWritten } from './copiedFileOrder';
export type { CopiedStatus } from './copiedFileOrder';
export { shortPath } from './shortPath';
