export * from './argocd';
export { main } from './cli';
export * from './control';
export * from './demo';
export * from './git';
export {
  DemoCluster,
  HEALTH_ANNOTATION,
  type ClusterFault,
  type DemoClusterOptions,
  type WorkloadHealth,
} from './kubernetes';
export * from './seed';
export { readExampleRepo } from './seed/exampleRepos';
export { layerToolPath } from './testUtils/layerTool';
