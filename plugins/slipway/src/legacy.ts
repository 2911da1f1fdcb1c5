/**
 * Slipway for portals on Backstage's legacy frontend system.
 *
 * @packageDocumentation
 */

export { slipwayPlugin } from './legacy/slipwayPlugin';
export {
  EntitySlipwayCard,
  EntitySlipwayChangesContent,
  EntitySlipwayCopyContent,
  EntitySlipwayEnvironmentsContent,
  EntitySlipwayFilesContent,
  EntitySlipwayModulesContent,
  SlipwayPage,
} from './legacy/extensions';
export { isSlipwayAvailable } from './legacy/isSlipwayAvailable';
export { slipwayApiRef } from './api';
export { slipwayTranslationRef } from './translation';
