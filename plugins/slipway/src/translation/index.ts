export { slipwayTranslationRef } from './slipwayTranslationRef';
export { useLanguage } from './useLanguage';
export { useText } from './useText';
export type { SlipwayMessages, Text } from './useText';
