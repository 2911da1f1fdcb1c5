import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';

/** Keeps a picture in `e2e/screenshots/<project>/<name>.png`, to be looked at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = fileURLToPath(new URL('../screenshots', import.meta.url));
  await page.screenshot({
    path: join(folder, test.info().project.name, `${name}.png`),
    animations: 'disabled',
  });
}
