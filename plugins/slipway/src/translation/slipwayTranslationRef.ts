import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * Every string of the pages. English is the default; 简体中文 (`zh`) comes along and is loaded when the app speaks it.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'plugin.slipway',
  messages,
  translations: { zh: () => import('./zh') },
});
