/**
 * Extension points for modules of the Slipway backend.
 *
 * @packageDocumentation
 */

export * from './clusters';
export * from './kubernetes';
export * from './reading';
export * from './syncEngines';
