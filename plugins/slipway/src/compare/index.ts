export { EnvironmentComparePage } from './EnvironmentComparePage';
