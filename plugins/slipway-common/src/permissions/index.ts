export * from './environmentRef';
export * from './permissions';
