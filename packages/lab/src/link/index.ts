export { Link } from './Link';
export type { LinkState } from './types';
