export { DeployStatus } from './DeployStatus';
export { parseFilters } from './environmentFilters';
export { Environments } from './Environments';
export { ClusterName } from './Targets';
export { useEnvironments } from './useEnvironments';
