import { expect, looks, signIn, test } from './support';

const words = {
  en: {
    compareWith: /Compare with/,
    environment: 'Compare with',
    showPlain: /^Show \d+ module/,
    expected: /expected/i,
    swap: 'Swap',
  },
  zh: {
    compareWith: /对比/,
    environment: '对比环境',
    showPlain: /显示/,
    expected: /预期/,
    swap: '交换',
  },
};

test.beforeEach(async ({ page }) => signIn(page, 'engineer'));

test('two environments are compared by what their files say', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/slipway/environments/shop/prod1');
  await page.getByRole('link', { name: say.compareWith }).click();
  await expect(page).toHaveURL(/\/prod1\/compare$/);
  await looks(page, 'compare-choose');

  await page.goto('/slipway/environments/shop/prod1/compare?other=uat');
  await expect(page.getByRole('status').first()).toBeVisible();
  await expect(page.getByText('spec.replicas').first()).toBeVisible();
  await looks(page, 'compare', { widths: ['wide', 'narrow'], height: 1200 });

  await page.getByRole('button', { name: say.swap }).click();
  await expect(page).toHaveURL(/\/uat\/compare\?other=prod1$/);
  await expect(page.getByText('spec.replicas').first()).toBeVisible();
});
