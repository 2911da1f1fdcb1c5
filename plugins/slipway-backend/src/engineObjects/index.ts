export * from './DatabaseEngineObjectStore';
export * from './engineObjectId';
export * from './repoKey';
export * from './types';
