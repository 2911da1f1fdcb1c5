import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errors, type Page, test } from '@playwright/test';

const TIMEOUT_MILLISECONDS = 20_000;

/**
 * Keeps a picture in `e2e/screenshots/<project>/<name>.png`, to be looked at. On a busy machine Chromium now and then draws no frame
 * when asked for one; the picture is for people to look at and decides nothing, so it is then asked for once more.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = fileURLToPath(new URL('../screenshots', import.meta.url));
  const take = () =>
    page.screenshot({
      path: join(folder, test.info().project.name, `${name}.png`),
      animations: 'disabled',
      timeout: TIMEOUT_MILLISECONDS,
    });
  try {
    await take();
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    await page.bringToFront();
    await take();
  }
}
