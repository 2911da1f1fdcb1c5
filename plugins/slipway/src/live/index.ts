export { keepIdentity } from './keepIdentity';
export { listAll } from './listAll';
export { listRows } from './listRows';
export { useLiveQuery } from './useLiveQuery';
export type { LiveQuery } from './useLiveQuery';
