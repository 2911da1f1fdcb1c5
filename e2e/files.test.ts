import { expect, looks, screenshot, signIn, tabPart, test } from './support';

const words = {
  en: {
    files: 'Files',
    hint: 'Type a file name',
    masked: /secret values? (is|are) masked/,
    discard: 'Discard',
  },
  zh: {
    files: '文件列表',
    hint: '请输入文件名称',
    masked: /masked:N/,
    discard: '放弃',
  },
};

const files = '/slipway/environments/shop/prod1/files';
const secret = 'prod1/payment/secret.yaml';

test.beforeEach(async ({ page }) => signIn(page, 'engineer'));

test('a file is found by its name, read with its secrets masked, and followed back', async ({
  page,
  language,
}) => {
  const say = words[language];
  await page.goto('/catalog/default/component/checkout/files');
  await expect(
    page.getByRole('heading', { name: say.files, exact: true }),
  ).toBeVisible();
  await looks(page, 'files', { within: tabPart });

  await page.goto(files);
  const search = page.getByPlaceholder(say.hint);
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('secret');
  const found = page.getByRole('treeitem', { name: /secret\.yaml/ });
  await found.click();
  await expect(page).toHaveURL(/file=/);
  await expect(page.getByText(/⟪masked:1⟫/).first()).toBeVisible();
  await expect(page.getByText(say.masked).first()).toBeVisible();
  await looks(page, 'file-masked', {
    widths: ['wide', 'narrow'],
    height: 1000,
  });

  await page.goto(`${files}?file=${encodeURIComponent(secret)}&view=history`);
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  await looks(page, 'file-history', { height: 1000 });
});

test('the editor says what the target cluster knows of a field', async ({
  page,
  language,
}) => {
  const deployment = 'prod1/checkout/deployment.yaml';
  await page.goto(`${files}?file=${encodeURIComponent(deployment)}&view=edit`);
  const replicas = page
    .locator('.cm-line')
    .filter({ hasText: /^ {2}replicas:/ });
  await replicas.getByText('replicas').hover();
  const tooltip = page.locator('.cm-schema');
  await expect(tooltip).toContainText('integer');
  await expect(tooltip).toContainText(/Kubernetes v?1\./);
  await screenshot(page, 'editor-schema');

  await replicas.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('minR');
  const offered = page.getByRole('option', { name: /minReadySeconds/ });
  await expect(offered).toBeVisible();
  await screenshot(page, 'editor-completion');
  await page.keyboard.press('Enter');
  await expect(page.locator('.cm-content')).toContainText('minReadySeconds:');

  await page
    .getByRole('button', { name: words[language].discard, exact: true })
    .last()
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words[language].discard })
    .click();
  await expect(page.locator('.cm-content')).not.toContainText(
    'minReadySeconds:',
  );
});
