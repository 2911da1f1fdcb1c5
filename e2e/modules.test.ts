import {
  demo,
  expect,
  looks,
  screenshot,
  signIn,
  tabPart,
  test,
} from './support';

const words = {
  en: {
    modules: 'Modules',
    healthy: 'Healthy',
    synced: 'Synced',
    resources: 'Resources',
    madeBy: 'Made by',
    list: 'List',
    cards: 'Cards',
    live: 'Live against Git',
    same: /^\d+ the same$/,
    showSame: /^Show \d+ objects/,
    search: 'Search',
    refreshAsked: /was asked to compare/,
  },
  zh: {
    modules: '模块',
    healthy: '健康',
    synced: '已同步',
    resources: '模块状态',
    madeBy: '生成来源',
    list: '列表',
    cards: '卡片',
    live: '实时状态与 Git 对比',
    same: /^\d+ 一致$/,
    showSame: /^显示同步不会改动的 \d+ 个对象$/,
    search: '搜索',
    refreshAsked: /./,
  },
};

const page1 = '/slipway/environments/shop/prod1/modules/checkout';

test.beforeEach(async ({ page }) => signIn(page, 'engineer'));

test('a component shows its module everywhere, and the module its resources', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/catalog/default/component/checkout/modules');
  await expect(
    page.getByRole('heading', { name: say.modules, exact: true }),
  ).toBeVisible();
  const links = page.getByRole('link', { name: 'checkout', exact: true });
  await expect(links.first()).toBeVisible();
  await looks(page, 'modules', {
    within: tabPart,
    widths: ['wide', 'narrow'],
    height: 1100,
  });
  await page.getByRole('button', { name: say.list, exact: true }).click();
  await expect(page.getByRole('table', { name: say.modules })).toBeVisible();
  await looks(page, 'modules-list', { within: tabPart });

  await page.goto(page1);
  const resources = page.getByRole('table', { name: say.resources });
  await expect(
    resources.getByRole('row').filter({ hasText: 'Deployment' }),
  ).toContainText('checkout');
  await expect(
    resources.getByRole('row').filter({ hasText: 'ConfigMap' }),
  ).toContainText(say.synced);
  await expect(page.getByText(say.madeBy)).toBeVisible();
  await expect(
    page.getByText('Application argocd/shop-root @ gd'),
  ).toBeVisible();
  await looks(page, 'module', { widths: ['wide', 'narrow'], height: 1100 });
});

test('a module is compared with what is live', async ({ page, language }) => {
  const say = words[language];
  await page.goto(page1);
  await page.getByRole('tab', { name: say.live }).click();
  await expect(page).toHaveURL(/tab=live/);
  await expect(page.getByText(say.same)).toBeVisible();
  await page.getByRole('button', { name: say.showSame }).click();
  await expect(
    page.getByRole('heading', { level: 4, name: /^Deployment .*checkout$/ }),
  ).toBeVisible();
  await looks(page, 'module-live-same', { height: 1100 });
});

test.describe('what moves', () => {
  test.skip(
    ({ language }) => language !== 'en',
    'What moves is the same in every language',
  );

  test.afterEach(async () => {
    await demo.tell('gd', 'shop-prod1-checkout', 'recover').catch(() => {});
  });

  test('a module that drifted is synced from its page, by who may', async ({
    page,
  }) => {
    await page.goto(page1);
    const main = page.getByRole('main');
    await expect(main.getByText('Synced').first()).toBeVisible();
    await demo.tell('gd', 'shop-prod1-checkout', 'outofsync');
    await expect(main.getByText('OutOfSync').first()).toBeVisible();
    await looks(page, 'module-outofsync', { height: 1100 });

    await page.getByRole('tab', { name: 'Live against Git' }).click();
    const differences = page.getByRole('table', {
      name: /^Differences of Deployment .*checkout$/,
    });
    await expect(differences).toContainText('spec.replicas');
    await looks(page, 'module-live', {
      widths: ['wide', 'narrow'],
      height: 1300,
    });

    await page.getByRole('button', { name: 'Sync now' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Git stays as it is');
    await expect(
      dialog.getByRole('region', { name: 'What this sync would do' }),
    ).toContainText(/1 would be changed: Deployment .*checkout/);
    await screenshot(page, 'module-sync-plan');
    await dialog.getByRole('button', { name: 'Sync now' }).click();
    await expect(page.getByText(/was asked to sync/).first()).toBeVisible();
    await expect(main.getByText('OutOfSync')).toHaveCount(0);
    await expect(main.getByText('Synced').first()).toBeVisible();
    // The comparison follows what the engine did.
    await expect(page.getByText(/^\d+ the same$/)).toBeVisible();
  });

  test('whoever may only look is offered no operation', async ({ page }) => {
    await page.evaluate(() => window.localStorage.clear());
    await signIn(page, 'qa-approver');
    await page.goto(page1);
    await expect(page.getByRole('table', { name: 'Resources' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Refresh' })).toHaveCount(0);
  });
});
