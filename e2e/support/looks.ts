import { expect, test, type Page } from '@playwright/test';
import { expectNoAxeViolations } from './axe';
import { screenshot } from './screenshot';

const WIDTHS = { wide: 1400, narrow: 700 };
// Light comes last: it is how the story goes on.
const SCHEMES = { wide: ['dark', 'light'], narrow: ['light'] } as const;

export type LooksOptions = {
  /** The part that is ours, where the page around it is not. */
  within?: string;
  widths?: Array<keyof typeof WIDTHS>;
  height?: number;
};

/** What a page consists of, to know when it is all there again. */
const parts = 'a, h2, tr, [role=alert], [role=row]';

/** Colours and widths are the same in every language: axe judges them once. */
function isThorough(colorScheme: string, width: string): boolean {
  return (
    test.info().project.name === 'en' ||
    (colorScheme === 'light' && width === 'wide')
  );
}

/**
 * Looks at a page in dark and light, and narrow in light: axe finds nothing, and
 * a picture of each is kept as `<name>-<width>-<light|dark>`.
 */
export async function looks(
  page: Page,
  name: string,
  options: LooksOptions = {},
): Promise<void> {
  const { within = 'main', widths = ['wide'], height = 900 } = options;
  const before = page.viewportSize();
  const count = await page.locator(within).locator(parts).count();
  // A colour in transition has a contrast that nobody is meant to read.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; }',
  });
  for (const width of widths) {
    await page.setViewportSize({ width: WIDTHS[width], height });
    for (const colorScheme of SCHEMES[width]) {
      await page.emulateMedia({ colorScheme });
      // Another theme begins the page anew.
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        colorScheme,
      );
      await expect(page.locator(within).locator(parts)).toHaveCount(count);
      if (isThorough(colorScheme, width)) {
        await expectNoAxeViolations(page, options.within);
      }
      await screenshot(page, `${name}-${width}-${colorScheme}`);
    }
  }
  if (before) {
    await page.setViewportSize(before);
  }
}
