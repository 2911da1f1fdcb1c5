export * from './deployStatus';
export * from './foldModuleStates';
export * from './worst';
