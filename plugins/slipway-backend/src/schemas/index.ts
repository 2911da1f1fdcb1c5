export { checkOnClusters } from './checkOnClusters';
export type { CheckOnClustersOptions } from './checkOnClusters';
export { ClusterSchemas } from './ClusterSchemas';
export type { ClusterSchemasOptions } from './ClusterSchemas';
export { readKindSchema } from './readKindSchema';
