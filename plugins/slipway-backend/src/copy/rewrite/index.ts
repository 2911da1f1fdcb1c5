export { compileRules } from './compileRules';
export { isLabel } from './isLabel';
export { rewriteText } from './rewriteText';
export type { CompiledRule, RewrittenText, ValuePlace } from './types';
