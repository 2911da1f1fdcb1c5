export { compileRules } from './compileRules';
export { rewriteText } from './rewriteText';
export type { CompiledRule, RewrittenText, ValuePlace } from './types';
