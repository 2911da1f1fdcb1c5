import { expect, type Locator, type Page } from '@playwright/test';

/** The tab's own part of an entity page. */
export const tabPart = 'main section';

const titles = { en: 'Environments', zh: '环境列表' };

export type EntityRef = { kind: string; name: string };

/** Opens the Environments tab of an entity of the default namespace. */
export async function openEnvironments(
  page: Page,
  entity: EntityRef,
  query = '',
): Promise<void> {
  await page.goto(
    `/catalog/default/${entity.kind}/${entity.name}/environments${query}`,
  );
  await expect(
    page.getByRole('heading', {
      name: /^(Environments|Unmanaged environments|环境列表|未接管环境)$/,
    }),
  ).toBeVisible();
}

/** The list of managed environments on the page. */
export function environmentList(page: Page, language: 'en' | 'zh'): Locator {
  return page.getByRole('table', { name: titles[language] });
}

/** The row of the environment with this title. */
export function environmentRow(page: Page, title: string): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) });
}

/** The titles of the environments in the order in which they are shown. */
export async function shownTitles(page: Page): Promise<string[]> {
  return page.getByRole('rowheader').getByRole('link').allTextContents();
}
