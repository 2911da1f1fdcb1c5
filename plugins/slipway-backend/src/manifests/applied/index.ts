export { appliedFiles } from './appliedFiles';
export { sourceFilter, type AppliedSource } from './sourceFilter';
