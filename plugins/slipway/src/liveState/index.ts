export { LiveState } from './LiveState';
export { SyncPlan } from './SyncPlan';
