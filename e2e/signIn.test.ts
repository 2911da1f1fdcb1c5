import {
  expect,
  expectNoAxeViolations,
  people,
  screenshot,
  signIn,
  test,
} from './support';

const words = {
  en: { choose: 'Who do you want to be?', signOut: 'Sign Out' },
  zh: { choose: '请选择登录身份', signOut: 'Sign Out' },
};

test('an engineer signs in, finds the shop and stays signed in', async ({
  page,
  language,
}) => {
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: words[language].choose }),
  ).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute(
    'lang',
    language === 'zh' ? 'zh-CN' : 'en',
  );
  for (const person of people) {
    await expect(
      page.getByText(person.description[language], { exact: true }),
    ).toBeVisible();
  }
  await expectNoAxeViolations(page);
  await screenshot(page, 'sign-in');

  await signIn(page, 'engineer');
  const checkout = page.getByRole('link', { name: 'checkout' }).first();
  await expect(checkout).toBeVisible();
  await screenshot(page, 'catalog');

  await checkout.click();
  await expect(
    page.getByRole('heading', { name: 'checkout', level: 2 }),
  ).toBeVisible();
  await expect(page.getByText('Takes the order and the payment')).toBeVisible();
  await screenshot(page, 'component');

  await page.reload();
  await expect(
    page.getByRole('heading', { name: 'checkout', level: 2 }),
  ).toBeVisible();
});

test('signing out leads back to the choice', async ({ page, language }) => {
  await signIn(page, 'operator');
  await page.goto('/settings');
  await expect(
    page.getByRole('link', { name: 'Operator' }).first(),
  ).toBeVisible();
  await screenshot(page, 'settings');

  await page.getByTestId('user-settings-menu').click();
  await page.getByText(words[language].signOut).click();
  await expect(
    page.getByRole('heading', { name: words[language].choose }),
  ).toBeVisible();
});
