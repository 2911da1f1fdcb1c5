export { CopyButton } from './CopyButton';
export { EnvironmentCopyPage } from './EnvironmentCopyPage';
