export { ArgoCd, type ArgoCdOptions } from './ArgoCd';
export { ArgoCdApi } from './ArgoCdApi';
export type { Application, SyncedResource } from './types';
