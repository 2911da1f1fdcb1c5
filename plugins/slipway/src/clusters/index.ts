export { ClusterEngines } from './ClusterEngines';
export { Clusters } from './Clusters';
