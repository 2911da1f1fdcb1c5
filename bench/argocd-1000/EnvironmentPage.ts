import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/lib/chromium.mjs';

/** What the row of a module said from a moment on, in ms since 1970. */
export interface RowChange {
  module: string;
  /** Of the columns health, sync and files. */
  says: string;
  at: number;
}

/** Cells of a row, by their number, that say how a module is; others tell of ages. */
const STATE_CELLS = [1, 2, 3];

/** The page of one environment, open in a browser that nobody touches: as many rows are drawn as fit into the window. */
export class EnvironmentPage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string, path: string): Promise<EnvironmentPage> {
    const browser = await chromium.launch(await findChromium());
    try {
      const page = await browser.newPage({
        baseURL: url,
        locale: 'en-GB',
        viewport: { width: 1440, height: 900 },
      });
      await page.goto('/');
      await page.getByRole('button', { name: 'Continue as Engineer' }).click();
      await page.getByRole('link', { name: 'Home' }).waitFor();
      const opened = new EnvironmentPage(browser, page);
      await opened.show(path);
      return opened;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async show(path: string): Promise<void> {
    await this.#page.goto(path);
    const table = this.#page.getByRole('table', { name: 'Modules' });
    await table.getByRole('row').nth(5).waitFor();
  }

  /** Looks at all rows in each frame; resolves to what takes down what they said. */
  async record(): Promise<() => Promise<RowChange[]>> {
    await this.#page.evaluate(cells => {
      const changes: RowChange[] = [];
      const said = new Map<string, string>();
      const recording = { changes, on: true };
      Object.assign(window, { recording });
      const look = () => {
        const at = performance.timeOrigin + performance.now();
        for (const row of document.querySelectorAll('tr[aria-rowindex]')) {
          const module = row.querySelector('th a')?.textContent;
          if (!module) continue;
          const says = cells
            .map(cell => row.children[cell]?.textContent?.trim())
            .join(' | ');
          if (said.get(module) === says) continue;
          said.set(module, says);
          changes.push({ module, says, at });
        }
        if (recording.on) requestAnimationFrame(look);
      };
      look();
    }, STATE_CELLS);
    return () =>
      this.#page.evaluate(() => {
        const { recording } = window as unknown as {
          recording: { changes: RowChange[]; on: boolean };
        };
        recording.on = false;
        return recording.changes;
      });
  }

  async screenshot(file: string): Promise<void> {
    await this.#page.screenshot({ path: file });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
