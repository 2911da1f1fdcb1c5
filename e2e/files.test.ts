import { expect, looks, signIn, tabPart, test } from './support';

const words = {
  en: {
    files: 'Files',
    hint: 'Type a file name',
    masked: /secret values? (is|are) masked/,
  },
  zh: {
    files: '文件列表',
    hint: '请输入文件名称',
    masked: /masked:N/,
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
