export { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
export { DeploymentReader } from './DeploymentReader';
export { DeploymentRecorder } from './DeploymentRecorder';
