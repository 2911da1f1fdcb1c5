export * from './parseSlipwayFile';
export * from './schemas';
export * from './slipwayPaths';
export * from './types';
