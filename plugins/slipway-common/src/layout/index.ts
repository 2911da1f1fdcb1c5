export { Layout } from './Layout';
export type { EnumerateOptions } from './enumerate';
export { engineManifestPath, manifestTemplateProblem } from './manifestPath';
export { nameProblem, splitPath } from './names';
export type { NameProblem } from './names';
export * from './types';
