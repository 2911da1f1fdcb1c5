export { accessCovers } from './accessCovers';
export {
  covers,
  readCoveredEnvironments,
  type CoveredEnvironments,
} from './coveredEnvironments';
export * from './EnvironmentAuthorizer';
export * from './environmentQuery';
export * from './rules';
export * from './types';
