import {
  environmentList,
  environmentRow,
  expect,
  looks,
  openEnvironments,
  shownTitles,
  signIn,
  tabPart,
  test,
} from './support';

test.skip(({ language }) => language !== 'zh', 'The words are Chinese');

test('研发平台的用户看到自己平台的用语', async ({ page, language }) => {
  await signIn(page, 'owner');
  await openEnvironments(page, { kind: 'system', name: 'devops' });
  await expect(page.getByRole('heading', { name: '环境列表' })).toBeVisible();
  await expect(page.getByText('仓库状态:')).toBeVisible();
  await expect(page.getByText('Successful')).toBeVisible();
  const list = environmentList(page, language);
  for (const label of ['部署状态', '状态']) {
    await expect(
      list.getByRole('columnheader', { name: `按${label}排序` }),
    ).toContainText(label);
  }
  await expect
    .poll(() => shownTitles(page))
    .toEqual(['制品库测试', 'devops测试环境-pod6', '生产环境']);

  const pod6 = environmentRow(page, 'devops测试环境-pod6');
  for (const words of [
    '已部署',
    '所属集群devops测试专属集群',
    '路径devops-test-pod6',
    '描述devops测试环境-pod6',
    '4 个模块',
  ]) {
    await expect(pod6).toContainText(words);
  }
  await expect(environmentRow(page, '制品库测试')).toContainText(
    '数据采集集群',
  );
  await looks(page, 'devops', { within: tabPart, widths: ['wide', 'narrow'] });

  await page.getByRole('button', { name: '未接管 1' }).click();
  await expect(page.getByRole('table', { name: '未接管环境' })).toBeVisible();
  await expect(environmentRow(page, 'legacy-uat')).toBeVisible();
  await page.goBack();

  await pod6.getByRole('link', { name: 'devops测试环境-pod6' }).click();
  for (const [title, description] of [
    ['clickhouse模块', 'clickhouse模块'],
    ['devops-consumer', '统一消息订阅转发'],
    ['中间件模块', '部署中间件'],
    ['基础模块', '基础模块,包含namespace,secret等基础信息'],
  ]) {
    const module = page
      .getByRole('article')
      .filter({ has: page.getByText(title, { exact: true }) })
      .last();
    for (const words of [description, '健康', '已同步', '文件同步']) {
      await expect(module).toContainText(words);
    }
  }
  await looks(page, 'devops-environment');

  await page.goto('/slipway/config-repos');
  await expect(
    page.getByRole('columnheader', { name: '仓库状态' }),
  ).toBeVisible();
});
