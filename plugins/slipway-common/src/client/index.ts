export { SlipwayClient } from './SlipwayClient';
export * from './types';
