import type { Page } from '@playwright/test';
import { people } from './people';

/**
 * Signs in as an example person, as a person would, and stays on the first page.
 * @param name - e.g. `release-approver`
 */
export async function signIn(page: Page, name: string): Promise<void> {
  const person = people.find(candidate => candidate.name === name);
  if (!person) {
    throw new Error(`There is no example person "${name}"`);
  }
  const { en, zh } = person.title;
  await page.goto('/');
  await page
    .getByRole('button', { name: `Continue as ${en}` })
    .or(page.getByRole('button', { name: `以 ${zh} 的身份继续` }))
    .click();
  await page.getByRole('link', { name: 'Home' }).waitFor();
}
