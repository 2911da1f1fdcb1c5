import { test as base } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';

export { expect } from '@playwright/test';

export type Fixtures = {
  /** The language that the page is in, by the project. */
  language: 'en' | 'zh';
};

/** Playwright's test on whatever Chromium there is. */
export const test = base.extend<Fixtures>({
  launchOptions: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what it destructures
    async ({}, use) => use(await findChromium()),
    { scope: 'worker' },
  ],
  language: async ({ locale }, use) =>
    use(locale?.startsWith('zh') ? 'zh' : 'en'),
});
