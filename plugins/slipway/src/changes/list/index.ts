export { Changes } from './Changes';
export type { ChangeScope } from './useChanges';
