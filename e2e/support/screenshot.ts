import { join } from 'node:path';
import { type Page, test } from '@playwright/test';

/** Keeps a picture in `e2e/screenshots/<project>/<name>.png`, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(__dirname, '..', 'screenshots', test.info().project.name);
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: 'disabled',
  });
}
