export { EnvironmentComparePage } from './EnvironmentComparePage';
export { useComparedEnvironments } from './useComparedEnvironments';
