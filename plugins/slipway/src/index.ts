/**
 * Slipway for Backstage's new frontend system: install the default export.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
export { slipwayApiRef } from './api';
export { slipwayTranslationRef } from './translation';
