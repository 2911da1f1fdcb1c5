import { chromium, expect } from '@playwright/test';
import { findChromium } from '../chromium.mjs';
import { PlainError } from '../plainError.mjs';

const VISIBLE_MS = 180_000;

/**
 * Fails unless a guest of the portal sees Slipway's page and an entity's tab, both with the config repo of
 * docs/install.md, and neither breaks.
 * @param {string} url
 */
export async function assertPagesWork(url) {
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    const crashes = [];
    page.on('pageerror', error => crashes.push(error.message));

    await page.goto(`${url}/slipway`);
    const heading = page.getByRole('heading', { level: 1, name: 'Slipway' });
    const enter = page.getByRole('button', { name: 'Enter' });
    await expect(heading.or(enter)).toBeVisible({ timeout: VISIBLE_MS });
    if (await enter.isVisible()) {
      await enter.click();
    }
    await expect(heading).toBeVisible({ timeout: VISIBLE_MS });
    await assertRepoShown(page);

    await page.goto(
      `${url}/catalog/default/component/example-website/environments`,
    );
    await assertRepoShown(page);
    if (crashes.length > 0) {
      throw new PlainError(crashes.join('\n'));
    }
  } finally {
    await browser.close();
  }
}

function assertRepoShown(page) {
  const repo = page.getByRole('link', { name: 'shop', exact: true }).first();
  return expect(repo).toBeVisible({ timeout: VISIBLE_MS });
}
