export * from './ArgoCdStandIn';
export { createGitSource, type GitSource } from './GitSource';
export type {
  Application,
  ApplicationDestination,
  ApplicationSource,
  ApplicationStatus,
} from './types';
