export { keepIdentity } from './keepIdentity';
export { listAll } from './listAll';
export { useLiveQuery } from './useLiveQuery';
export type { LiveQuery } from './useLiveQuery';
