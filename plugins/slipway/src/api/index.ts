export { slipwayApiRef } from './slipwayApiRef';
