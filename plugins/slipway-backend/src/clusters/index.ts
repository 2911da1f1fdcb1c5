export * from './ClusterWatchService';
export * from './DatabaseClusterEngineStore';
export * from './readClusters';
export * from './resolveDestination';
export * from './types';
export * from './warnOfSharedServers';
