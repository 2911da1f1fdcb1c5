/**
 * Domain types, layout, permissions, API schema and client of Slipway.
 *
 * @packageDocumentation
 */

export * from './schema/openapi';
