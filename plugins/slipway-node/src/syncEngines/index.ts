export { isObjectName, renameForCopy } from './copyName';
export * from './copies';
export * from './engine';
export * from './extensionPoint';
export * from './objects';
export * from './operations';
export * from './resourceHealth';
export * from './versions';
export * from './watch';
