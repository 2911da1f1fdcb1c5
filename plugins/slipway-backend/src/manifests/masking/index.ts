export { maskedLines } from './maskedLines';
export { maskPair } from './maskPair';
export { maskText } from './maskText';
export { unmaskText } from './unmaskText';
export type { MaskedText, MaskProblem, WhollySecret } from './types';
