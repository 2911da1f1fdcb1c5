export { builtPrograms, type BuiltProgramsOptions } from './builtPrograms';
export { cacheFolder } from './cacheFolder';
