import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Expects that axe finds nothing.
 * @param selector - only within this part of the page, e.g. `article`, for pages
 *   whose frame is not ours
 */
export async function expectNoAxeViolations(
  page: Page,
  selector?: string,
): Promise<void> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (selector
    ? builder.include(selector)
    : builder
  ).analyze();

  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(node => node.html),
    })),
  ).toEqual([]);
}
