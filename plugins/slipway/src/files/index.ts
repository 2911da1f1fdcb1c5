export { EnvironmentFilesPage } from './EnvironmentFilesPage';
export { Files } from './Files';
export type { FileScope } from './fileScope';
