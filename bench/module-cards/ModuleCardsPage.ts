import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';

/** An environment's page with its modules as cards. */
export class ModuleCardsPage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(
    url: string,
    path: string,
    modules: number,
  ): Promise<ModuleCardsPage> {
    const browser = await chromium.launch(await findChromium());
    const page = await browser.newPage({
      baseURL: url,
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Continue as Engineer' }).click();
    await page.getByRole('link', { name: 'Home' }).waitFor();
    const count = page.getByRole('status').getByText(`of ${modules}`);
    for (let attempt = 0; attempt < 30; attempt++) {
      await page.goto(path);
      const shown = await count.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (shown) break;
    }
    await page.getByRole('button', { name: 'Cards', exact: true }).click();
    await page.getByRole('listitem').first().waitFor();
    return new ModuleCardsPage(browser, page);
  }

  /** Milliseconds from choosing a health that none of them has, or any again, to the page that shows it. */
  async choose(narrow: boolean): Promise<number> {
    await this.#page.getByLabel('Health').first().click();
    const option = this.#page.getByRole('option', {
      name: narrow ? 'Degraded' : 'Any',
      exact: true,
    });
    await option.waitFor();
    return this.#timed(() =>
      option.evaluate(element => (element as HTMLElement).click()),
    );
  }

  /** Milliseconds from a text in the search, or none again, to the page that shows what it leaves. */
  async search(narrow: boolean): Promise<number> {
    const field = this.#page.getByRole('searchbox', { name: 'Search' }).first();
    return this.#timed(() => field.fill(narrow ? 'module-42' : ''));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #timed(act: () => Promise<void>): Promise<number> {
    const shown = this.#page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const count = () =>
            [...document.querySelectorAll('[role=status]')].find(element =>
              / of \d/.test(element.textContent ?? ''),
            )?.textContent;
          const before = count();
          let start: number | undefined;
          const begin = () => {
            start ??= performance.now();
          };
          document.addEventListener('click', begin, { capture: true });
          document.addEventListener('input', begin, { capture: true });
          const end = performance.now() + 30_000;
          const look = () => {
            if (performance.now() > end) {
              reject(new Error('The filter did not answer'));
            } else if (start !== undefined && count() !== before) {
              document.removeEventListener('click', begin, { capture: true });
              document.removeEventListener('input', begin, { capture: true });
              const began = start;
              // The frame after the one that changed it has painted it.
              requestAnimationFrame(() => resolve(performance.now() - began));
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        }),
    );
    // Calls arrive in order, so the one before has begun.
    await this.#page.evaluate(() => undefined);
    const [took] = await Promise.all([shown, act()]);
    return took;
  }
}
