export { isObjectName, renameForCopy } from './copyName';
export * from './extensionPoint';
export * from './types';
