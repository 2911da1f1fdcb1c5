/**
 * Argo CD as a sync engine of Slipway.
 *
 * @packageDocumentation
 */

export { slipwayModuleArgoCd as default } from './module';
