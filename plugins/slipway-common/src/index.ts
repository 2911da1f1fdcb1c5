/**
 * Domain types, layout, permissions, API schema and client of Slipway.
 *
 * @packageDocumentation
 */

export * from './catalog';
export * from './client';
export * from './layout';
export * from './permissions';
export * from './schema/openapi';
export * from './slipwayFiles';
export * from './status';
