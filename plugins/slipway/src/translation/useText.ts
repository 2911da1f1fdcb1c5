import {
  TranslationFunction,
  TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { slipwayTranslationRef } from './slipwayTranslationRef';

/** The messages by their flat keys, as `t` and a complete translation know them. */
export type SlipwayMessages =
  typeof slipwayTranslationRef extends TranslationRef<string, infer TMessages>
    ? TMessages
    : never;

/** The translation function of the plugin. */
export type Text = TranslationFunction<SlipwayMessages>;

/** The plugin's words in the language of the app. */
export function useText(): Text {
  return useTranslationRef(slipwayTranslationRef).t;
}
