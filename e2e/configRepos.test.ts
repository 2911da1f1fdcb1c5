import {
  demo,
  environmentRow,
  expect,
  looks,
  openEnvironments,
  screenshot,
  signIn,
  tabPart,
  test,
} from './support';

const words = {
  en: {
    status: 'Repo status',
    nothing: 'Nothing to mend.',
    findings: 'Findings',
    error: 'Error',
    notRegistered:
      'The annotation names the config repo nowhere, which is not registered under slipway.configRepos, or which you may not read.',
  },
  zh: {
    status: '仓库状态',
    nothing: '没有需要修正的问题。',
    findings: '问题',
    error: '错误',
    notRegistered:
      '注解指明的配置仓库 nowhere 未在 slipway.configRepos 下登记，或者您无权读取。',
  },
};

const file = '.slipway/environments/lt.yaml';

test.beforeEach(async ({ page }) => signIn(page, 'owner'));

test('config repos say whether they can be read, and what to mend in them', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/slipway');
  for (const title of ['研发效能测试平台', '公共平台', '商城']) {
    await expect(
      page.getByRole('row').filter({
        has: page.getByRole('link', { name: title, exact: true }),
      }),
    ).toContainText('Successful');
  }
  await expect(
    page.getByRole('columnheader', { name: say.status }),
  ).toBeVisible();
  await looks(page, 'config-repos', { widths: ['wide', 'narrow'] });

  await page.getByRole('link', { name: '商城', exact: true }).click();
  await expect(
    page.getByRole('heading', { name: '商城', level: 1 }),
  ).toBeVisible();
  await expect(page.getByText(say.nothing)).toBeVisible();
  await expect(page.getByText('dev → qa → uat → live')).toBeVisible();
  await expect(environmentRow(page, '压测环境')).toBeVisible();
  await looks(page, 'config-repo', {
    widths: ['wide', 'narrow'],
    height: 1400,
  });
});

test('a broken file breaks only what it describes, and says where', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/slipway/config-repos/shop');
  await expect(page.getByText(say.nothing)).toBeVisible();
  const whole = demo.file('shop', file);
  try {
    await demo.push('shop', {
      path: file,
      content: whole.replace('stage: qa', 'stage: [qa'),
      message: 'Break lt',
    });
    const finding = page.getByRole('row').filter({ hasText: file });
    await expect(finding).toContainText(say.error);
    await expect(finding).toContainText(/lt\.yaml:\d+:\d+/);
    await expect(environmentRow(page, '测试环境')).toBeVisible();
    await looks(page, 'config-repo-broken', { height: 1400 });

    await demo.push('shop', {
      path: file,
      content: whole.replace('stage: qa', 'stge: qa'),
      message: 'Misspell a key of lt',
    });
    await expect(
      page.getByRole('row').filter({ hasText: 'stge' }),
    ).toContainText(/lt\.yaml:6:3/);
    await screenshot(page, 'config-repo-misspelt');
  } finally {
    await demo.push('shop', { path: file, content: whole, message: 'Mend lt' });
  }
  await expect(page.getByText(say.nothing)).toBeVisible();
  await expect(environmentRow(page, '压测环境')).toBeVisible();
});

test('an entity that names a config repo nobody registered says so; one that names none has no tab', async ({
  page,
  language,
}) => {
  await openEnvironments(page, { kind: 'component', name: 'orphan' });
  await expect(page.getByRole('alert')).toHaveText(
    words[language].notRegistered,
  );
  await looks(page, 'orphan', { within: tabPart });

  await page.goto('/catalog/default/component/handbook');
  await expect(
    page.getByRole('heading', { name: 'handbook', level: 2 }),
  ).toBeVisible();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Environments' })).toHaveCount(0);
});
