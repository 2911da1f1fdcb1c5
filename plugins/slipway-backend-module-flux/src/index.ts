/**
 * Flux as a sync engine of Slipway.
 *
 * @packageDocumentation
 */

export { slipwayModuleFlux as default } from './module';
