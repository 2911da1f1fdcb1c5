export { ArgoCd, type ArgoCdOptions } from './ArgoCd';
export { ArgoCdApi } from './ArgoCdApi';
