export { DifferenceTable } from './DifferenceTable';
export { EnvironmentComparePage } from './EnvironmentComparePage';
export { Fold } from './Fold';
export { useComparedEnvironments } from './useComparedEnvironments';
