/**
 * The Slipway service: GitOps delivery inside Backstage.
 *
 * @packageDocumentation
 */

export { slipwayPlugin as default } from './plugin';
export {
  createSlipwayEnvironmentConditionalDecision,
  slipwayEnvironmentConditions,
  slipwayEnvironmentResourceRef,
  slipwayEnvironmentRules,
} from './permissions';
export type { EnvironmentFilter, EnvironmentResource } from './permissions';
