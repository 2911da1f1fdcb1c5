import {
  environmentList,
  environmentRow,
  expect,
  looks,
  openEnvironments,
  screenshot,
  shownTitles,
  signIn,
  tabPart,
  test,
} from './support';

const words = {
  en: {
    tab: 'Environments',
    managed: 'Managed 8',
    unmanaged: 'Unmanaged 1',
    unmanagedTitle: 'Unmanaged environments',
    deployed: 'Deployed',
    partly: 'Partly deployed',
    missing: 'apps/release-search.yaml missing',
    repoStatus: 'Repo status:',
    modules: '6 modules',
    healthy: '6 Healthy',
    found: 'Found',
    noMatch: 'No match',
    clear: 'Clear filters',
    search: 'Search',
    stage: 'Stage',
    cluster: 'Cluster',
    sortByName: 'Sort by Environment',
    shown: (shown: number, total: number) => `${shown} of ${total}`,
  },
  zh: {
    tab: 'Environments',
    managed: '已接管 8',
    unmanaged: '未接管 1',
    unmanagedTitle: '未接管环境',
    deployed: '已部署',
    partly: '部分部署',
    missing: '缺少 apps/release-search.yaml',
    repoStatus: '仓库状态:',
    modules: '6 个模块',
    healthy: '6 健康',
    found: '发现',
    noMatch: '没有匹配项',
    clear: '清除筛选',
    search: '搜索',
    stage: '阶段',
    cluster: '所属集群',
    sortByName: '按环境排序',
    shown: (shown: number, total: number) => `${shown} / ${total}`,
  },
};

const inStageOrder = [
  ['dev', '开发环境'],
  ['dev', '特性环境'],
  ['qa', '压测环境'],
  ['qa', '测试环境'],
  ['qa', '发布候选环境'],
  ['uat', '验收环境'],
  ['live', '生产环境-广东'],
  ['live', '生产环境-新疆'],
];

test.beforeEach(async ({ page }) => signIn(page, 'engineer'));

test('a component shows where it is delivered to, and how it stands there', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/catalog/default/component/checkout');
  await page.getByRole('button', { name: 'Deployment', exact: true }).click();
  await page.getByRole('menuitemradio', { name: say.tab }).click();
  const list = environmentList(page, language);
  const rows = list.getByRole('row');
  await expect(rows).toHaveCount(1 + inStageOrder.length);
  for (const [index, [stage, title]] of inStageOrder.entries()) {
    const row = rows.nth(index + 1);
    await expect(row.getByRole('cell').first()).toHaveText(stage);
    await expect(
      row.getByRole('link', { name: title, exact: true }),
    ).toBeVisible();
    await expect(row).toContainText(say.modules);
  }

  const dev = environmentRow(page, '开发环境');
  await expect(dev).toContainText(say.deployed);
  await expect(dev.getByRole('link', { name: say.healthy })).toBeVisible();
  const release = environmentRow(page, '发布候选环境');
  await expect(release).toContainText(say.partly);
  await expect(release).toContainText(say.missing);
  const live = environmentRow(page, '生产环境-广东');
  await expect(live).toContainText('广东');
  await expect(live).toContainText('prod1');
  await expect(environmentRow(page, '生产环境-新疆')).toContainText(
    'release-approver',
  );

  await expect(page.getByText(say.repoStatus)).toBeVisible();
  await expect(page.getByText('Successful')).toBeVisible();
  await expect(page.getByText(/main @ [0-9a-f]{7}/)).toBeVisible();
  await expect(page.getByText(say.shown(8, 8))).toBeVisible();
  await looks(page, 'environments', {
    within: tabPart,
    widths: ['wide', 'narrow'],
    height: 1200,
  });

  await expect(page.getByRole('button', { name: say.managed })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: say.unmanaged }).click();
  await expect(page).toHaveURL(/\?view=unmanaged$/);
  const unmanaged = page.getByRole('table', { name: say.unmanagedTitle });
  await expect(unmanaged.getByRole('row')).toHaveCount(2);
  const sandbox = environmentRow(page, 'sandbox');
  await expect(sandbox).toContainText(say.found);
  await expect(sandbox).toContainText('Argo CD argocd/shop-sandbox-');
  await looks(page, 'unmanaged', { within: tabPart });
});

test('what is searched, filtered and sorted is in the link', async ({
  page,
  language,
  context,
}) => {
  const say = words[language];
  const shop = { kind: 'system', name: 'shop' };
  await openEnvironments(page, shop);
  await page.getByRole('searchbox').fill('环境');
  await page.getByRole('button', { name: say.stage, exact: true }).click();
  await page.getByRole('option', { name: 'live' }).click();
  await page.getByRole('option', { name: 'uat' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say.sortByName }).click();
  const byName = ['生产环境-广东', '生产环境-新疆', '验收环境'];
  await expect.poll(() => shownTitles(page)).toEqual(byName);
  await page.getByRole('button', { name: say.sortByName }).click();
  await expect(page).toHaveURL(/order=desc/);
  const shown = [...byName].reverse();
  await expect.poll(() => shownTitles(page)).toEqual(shown);
  expect(new URL(page.url()).search).toBe(
    `?q=${encodeURIComponent(
      '环境',
    )}&stage=live&stage=uat&sort=name&order=desc`,
  );
  await expect(page.getByText(say.shown(3, 3))).toBeVisible();

  await page.reload();
  await expect.poll(() => shownTitles(page)).toEqual(shown);
  await expect(page.getByRole('searchbox')).toHaveValue('环境');
  await screenshot(page, 'filtered');

  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await expect.poll(() => shownTitles(colleague)).toEqual(shown);
  await colleague.close();

  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByRole('heading', { name: say.noMatch })).toBeVisible();
  await looks(page, 'no-match', { within: tabPart });
  await page.getByRole('button', { name: say.clear }).last().click();
  await expect.poll(() => shownTitles(page)).toHaveLength(8);
  expect(new URL(page.url()).search).toBe('?sort=name&order=desc');

  await page.getByRole('button', { name: say.cluster, exact: true }).click();
  await page.getByRole('option', { name: '新疆' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => shownTitles(page)).toEqual(['生产环境-新疆']);
  await page.goBack();
  await expect.poll(() => shownTitles(page)).toHaveLength(8);
});

test('a system and a domain show what they name, else what their parts name', async ({
  page,
  language,
}) => {
  for (const entity of [
    { kind: 'system', name: 'shop' },
    { kind: 'domain', name: 'commerce' },
  ]) {
    await openEnvironments(page, entity);
    await expect
      .poll(() => shownTitles(page))
      .toEqual(inStageOrder.map(([, title]) => title));
  }

  await openEnvironments(page, { kind: 'system', name: 'platform-services' });
  await expect
    .poll(() => shownTitles(page))
    .toEqual(['平台开发环境', '平台预发布环境', '平台生产环境']);
  await expect(environmentRow(page, '平台开发环境')).toContainText(
    words[language].deployed,
  );
  await looks(page, 'environments-of-parts', { within: tabPart });
});
