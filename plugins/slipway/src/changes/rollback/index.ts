export { RollbackButton } from './RollbackButton';
export type { RollbackButtonProps } from './RollbackButton';
export { RollbackModuleButton } from './RollbackModuleButton';
