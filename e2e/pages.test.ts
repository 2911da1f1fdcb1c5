import {
  expect,
  looks,
  openEnvironments,
  signIn,
  test,
  environmentRow,
} from './support';

test.beforeEach(async ({ page }) => signIn(page, 'administrator'));

test('the overview of a component says first how it is delivered', async ({
  page,
  language,
}) => {
  await page.goto('/catalog/default/component/checkout');
  const listName = language === 'zh' ? '环境列表' : 'Environments';
  const list = page.getByRole('list', { name: listName });
  await expect(list.getByRole('listitem')).toHaveCount(8);
  await looks(page, 'overview', {
    within: `main :has(> ul[aria-label="${listName}"])`,
  });
  await list.getByRole('link', { name: '生产环境-广东' }).click();
  await expect(page).toHaveURL(/\/slipway\/environments\/shop\/prod1$/);
});

test('an environment shows its modules in three states that are never folded', async ({
  page,
  language,
}) => {
  const say = {
    en: {
      states: ['Healthy', 'Synced', 'Files current'],
      health: 'Health',
      degraded: 'Degraded',
      noMatch: 'No match',
    },
    zh: {
      states: ['健康', '已同步', '文件同步'],
      health: '健康',
      degraded: '异常',
      noMatch: '没有匹配项',
    },
  }[language];
  await page.goto('/slipway/environments/shop/prod1');
  const checkout = page
    .getByRole('article')
    .filter({ hasText: 'prod1/checkout' })
    // The page around the cards is an article as well.
    .last();
  for (const state of say.states) {
    await expect(checkout).toContainText(state);
  }
  await expect(checkout).toContainText('2.');
  await looks(page, 'environment', {
    widths: ['wide', 'narrow'],
    height: 1100,
  });

  await page.getByRole('button', { name: say.health }).first().click();
  await page.getByRole('option', { name: say.degraded }).click();
  await expect(page).toHaveURL(/\?health=Degraded$/);
  await expect(page.getByRole('heading', { name: say.noMatch })).toBeVisible();

  await page.goto('/slipway/clusters');
  await expect(
    page.getByRole('row').filter({ hasText: 'devops测试专属集群' }),
  ).toContainText('Argo CD');
  await looks(page, 'clusters', { widths: ['wide', 'narrow'] });

  await page.getByRole('link', { name: /devops测试专属集群/ }).click();
  await expect(page).toHaveURL(/\/slipway\/clusters\/devops-test$/);
  await expect(
    page.getByRole('link', { name: 'devops测试环境-pod6' }),
  ).toBeVisible();
  await looks(page, 'cluster', { widths: ['wide', 'narrow'] });
});

test('the list can be used with the keyboard alone', async ({
  page,
  language,
}) => {
  test.skip(language !== 'en', 'The keys are the same in every language');
  await openEnvironments(page, { kind: 'system', name: 'shop' });
  await expect(environmentRow(page, '开发环境')).toBeVisible();
  const focus = page.locator(':focus');
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const text = await focus.evaluate(
        element => element.getAttribute('aria-label') ?? element.textContent,
      );
      if (text?.trim() === name) {
        return;
      }
    }
    throw new Error(`The Tab key does not lead to "${name}"`);
  };

  await tabTo('Unmanaged 1');
  await page.keyboard.press('Enter');
  await expect(environmentRow(page, 'sandbox')).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await expect(environmentRow(page, '开发环境')).toBeVisible();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('prod');
  await expect(page).toHaveURL(/q=prod/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/stage=/);
  await expect(page.getByRole('button', { name: /^Stage/ })).toBeFocused();

  await page.goto('/catalog/default/system/shop/environments?q=prod');
  await expect(environmentRow(page, '生产环境-广东')).toBeVisible();
  await tabTo('Sort by Deploy status');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=deployStatus/);
  await tabTo('生产环境-广东');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: '生产环境-广东', level: 1 }),
  ).toBeVisible();
});
