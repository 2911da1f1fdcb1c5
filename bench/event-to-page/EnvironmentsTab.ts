import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';

/** What a row must say, and what it must not. */
export interface Expected {
  says: string;
  saysNot?: string[];
}

/** The shop's Environments tab, open in a browser that nobody touches. */
export class EnvironmentsTab {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string): Promise<EnvironmentsTab> {
    const browser = await chromium.launch(await findChromium());
    const page = await browser.newPage({
      baseURL: url,
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
    });
    await page.goto('/');
    await page.getByRole('button', { name: 'Continue as Engineer' }).click();
    await page.getByRole('link', { name: 'Home' }).waitFor();
    await page.goto('/catalog/default/system/shop/environments');
    await page.getByRole('table').waitFor();
    return new EnvironmentsTab(browser, page);
  }

  /**
   * Watches an environment's row, frame by frame. Resolves when it is watched, with a promise of when the row says
   * what is expected, in ms since 1970.
   */
  async watch(
    environment: string,
    expected: Expected,
  ): Promise<{ shown: Promise<number> }> {
    const shown = this.#page.evaluate(
      ({ title, says, saysNot = [] }) =>
        new Promise<number>((resolve, reject) => {
          const end = Date.now() + 60_000;
          const look = () => {
            const row = [...document.querySelectorAll('[role="row"], tr')].find(
              one => one.querySelector('a')?.textContent === title,
            );
            const text = row?.textContent ?? '';
            if (
              text.includes(says) &&
              !saysNot.some(word => text.includes(word))
            ) {
              resolve(performance.timeOrigin + performance.now());
            } else if (Date.now() > end) {
              reject(new Error(`not '${says}' but '${text}'`));
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        }),
      { title: environment, ...expected },
    );
    // Calls arrive in order, so the one before has begun.
    await this.#page.evaluate(() => undefined);
    return { shown };
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
