import type { Page } from '@playwright/test';
import {
  expect,
  expectNoAxeViolations,
  looks,
  screenshot,
  signIn,
  tabPart,
  test,
} from './support';

const words = {
  en: {
    edit: 'Edit',
    draft: 'Draft of shop',
    review: 'Review',
    blocked: 'It cannot be committed yet',
    wrong: /should be string|should be text/,
    close: 'Close',
    message: 'Message',
    reason: 'Reason',
    commitTo: 'Commit to main',
    live: 'Live',
    undo: 'Undo this change',
    deployments: 'Deployments',
    succeeded: 'Succeeded',
    changes: 'Changes',
    rollback: 'Rollback',
    mine: 'Take mine',
    settle: /^Settle /,
    rollBack: 'Roll back…',
    rollBackTo: /^Roll back to /,
    restore: /^Restore the version of /,
    rename: 'Rename or move',
    pruned: 'Objects that go away',
    discard: 'Discard',
  },
  zh: {
    edit: '编辑',
    draft: 'shop 的草稿',
    review: '审阅',
    blocked: '暂时无法提交',
    wrong: /应为/,
    close: '关闭',
    message: '信息',
    reason: '原因',
    commitTo: '提交到 main',
    live: '已生效',
    undo: '撤销此变更',
    deployments: '部署记录',
    succeeded: '成功',
    changes: '变更',
    rollback: '回滚',
    mine: '采用我的',
    settle: /^确认 /,
    rollBack: '回滚…',
    rollBackTo: /^回滚到 /,
    restore: /^恢复 .* 的版本$/,
    rename: '重命名或移动',
    pruned: '将被移除的对象',
    discard: '放弃',
  },
};
type Words = (typeof words)[keyof typeof words];

const module = '/slipway/environments/shop/prod1/modules/checkout';
const files = '/slipway/environments/shop/prod1/files';
const manifest = 'prod1/checkout/configmap.yaml';
/** From the commit to every pod, on a machine that does other things too. */
const DELIVERED = { timeout: 90_000 };

test.setTimeout(300_000);

function fileUrl(path: string, view: string): string {
  return `${files}?file=${encodeURIComponent(path)}&view=${view}`;
}

function editor(page: Page, say: Words, path: string) {
  return page.getByRole('textbox', { name: `${say.edit} ${path}` });
}

/** Replaces what a line says behind its colon, as a person would with the keys. */
async function setValue(
  page: Page,
  say: Words,
  path: string,
  key: string,
  value: string,
): Promise<void> {
  await page
    .locator('.cm-line')
    .filter({ hasText: new RegExp(`^\\s*${key}:`) })
    .click();
  await expect(editor(page, say, path)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText(`${key}: ${value}`);
}

function draftBar(page: Page, say: Words) {
  return page.getByRole('region', { name: say.draft });
}

/** Another theme begins the page anew, without its drawer: it is looked at as it is. */
async function looksAtDialog(page: Page, name: string): Promise<void> {
  await expectNoAxeViolations(page, '[role=dialog]');
  await screenshot(page, name);
}

async function openReview(page: Page, say: Words) {
  await draftBar(page, say).getByRole('button', { name: say.review }).click();
  return page.getByRole('dialog');
}

/** Commits what the drawer shows and answers the change's number. */
async function commit(page: Page, say: Words): Promise<string> {
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: say.commitTo });
  await expect(button).toBeEnabled();
  await button.click();
  const link = dialog.locator('a[href*="/slipway/changes/"]').first();
  await expect(link).toBeVisible({ timeout: 30_000 });
  return /changes\/(\d+)/.exec((await link.getAttribute('href')) ?? '')![1];
}

test('a file is changed, checked, committed, followed until it is live, and taken back', async ({
  page,
  language,
}) => {
  const say = words[language];
  await signIn(page, 'engineer');
  await page.goto(fileUrl(manifest, 'edit'));
  await expect(editor(page, say, manifest)).toBeVisible();
  // Whatever the stories before this one left there.
  const [, before] = /ORDER_TIMEOUT_SECONDS: ('\d+')/.exec(
    await page.locator('.cm-content').innerText(),
  )!;
  const after = before === `'700'` ? `'800'` : `'700'`;

  // What the cluster would refuse is found before anyone commits it.
  await setValue(page, say, manifest, 'ORDER_TIMEOUT_SECONDS', '700');
  await expect(draftBar(page, say)).toBeVisible();
  await looks(page, 'file-edit', { widths: ['wide', 'narrow'], height: 1000 });
  let dialog = await openReview(page, say);
  await expect(dialog.getByText(say.blocked)).toBeVisible();
  await expect(dialog.getByText(say.wrong).first()).toBeVisible();
  await looksAtDialog(page, 'review-blocked');
  // The finding leads to the line where it is to be mended.
  await dialog.getByRole('link', { name: `${manifest}:9:` }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/view=edit.*line=9/);
  await expect(editor(page, say, manifest)).toBeFocused();

  // A draft survives a reload.
  await setValue(page, say, manifest, 'ORDER_TIMEOUT_SECONDS', after);
  await expect(page.locator('.cm-content')).toContainText(after);
  await page.keyboard.press('ControlOrMeta+s');
  await page.reload();
  await expect(page.locator('.cm-content')).toContainText(after);

  dialog = await openReview(page, say);
  await expect(dialog.getByText(after).first()).toBeVisible();
  await dialog
    .getByRole('textbox', { name: say.message })
    .fill('Give orders less time');
  await looksAtDialog(page, 'review');
  const change = await commit(page, say);
  await expect(dialog.getByText(say.live).first()).toBeVisible(DELIVERED);
  await looksAtDialog(page, 'review-live');

  await page.goto(`/slipway/changes/${change}`);
  await expect(
    page.getByRole('heading', { name: /Give orders less time/ }),
  ).toBeVisible();
  await expect(page.getByText(after).first()).toBeVisible();
  await looks(page, 'change', { widths: ['wide', 'narrow'], height: 1400 });

  await page.goto(module);
  await page.getByRole('tab', { name: say.deployments }).click();
  await expect(
    page.getByRole('row').filter({ hasText: 'Give orders less time' }).first(),
  ).toContainText(say.succeeded);
  await looks(page, 'module-deployments', { height: 1000 });
  await page.getByRole('tab', { name: say.changes }).click();
  await expect(
    page.getByRole('link', { name: /Give orders less time/ }).first(),
  ).toBeVisible();

  await page.goto(`/slipway/changes/${change}`);
  await page.getByRole('button', { name: say.undo }).click();
  dialog = page.getByRole('dialog');
  await expect(dialog.getByText(before).first()).toBeVisible();
  await dialog
    .getByRole('textbox', { name: say.reason })
    .fill('Orders were lost');
  await looksAtDialog(page, 'review-undo');
  await commit(page, say);
  await expect(dialog.getByText(say.live).first()).toBeVisible(DELIVERED);

  await page.goto(fileUrl(manifest, 'file'));
  await expect(page.getByText(before).first()).toBeVisible();
  await page.goto('/catalog/default/component/checkout/changes');
  await expect(
    page.getByRole('row').filter({ hasText: say.rollback }).first(),
  ).toBeVisible();
  await looks(page, 'changes', {
    within: tabPart,
    widths: ['wide', 'narrow'],
  });
});

test('a module goes back to an older commit, and one of its files forth again', async ({
  page,
  language,
}) => {
  const say = words[language];
  const path = 'qa/checkout/deployment.yaml';
  await signIn(page, 'engineer');
  await page.goto('/slipway/environments/shop/qa/modules/checkout');
  await page.getByRole('button', { name: say.rollBack }).click();
  let dialog = page.getByRole('dialog');
  const choices = dialog.getByRole('button', { name: say.rollBackTo });
  await expect(choices.first()).toBeDisabled();
  await looksAtDialog(page, 'rollback-choose');
  await choices.nth(1).click();
  dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: say.reason })
    .fill('The new one fails its smoke test');
  await expect(
    dialog.getByRole('row').filter({ hasText: 'image:' }),
  ).toHaveCount(2);
  await looksAtDialog(page, 'review-rollback');
  await commit(page, say);
  await expect(dialog.getByText(say.live).first()).toBeVisible(DELIVERED);

  await page.goto(
    `/slipway/environments/shop/qa/files?file=${encodeURIComponent(
      path,
    )}&view=history`,
  );
  await page.getByRole('button', { name: say.restore }).first().click();
  dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: say.reason })
    .fill('It was the test that failed');
  await commit(page, say);
  await expect(dialog.getByText(say.live).first()).toBeVisible(DELIVERED);
});

test('what the sync engine would not read any more is named before it is pruned', async ({
  page,
  language,
}) => {
  const say = words[language];
  await signIn(page, 'engineer');
  await page.goto(fileUrl('prod1/web/service.yaml', 'edit'));
  await page.getByRole('button', { name: say.rename }).click();
  const path = page.getByRole('dialog').getByRole('textbox');
  await path.fill('more/service.yaml');
  await expect(page.getByRole('dialog')).toContainText(
    'prod1/web/more/service.yaml',
  );
  await screenshot(page, 'file-rename');
  await path.press('Enter');

  const dialog = await openReview(page, say);
  // Its Application reads the folder of the module, and none below.
  const pruned = dialog.getByRole('table', { name: say.pruned });
  await expect(pruned).toContainText('Service');
  await looksAtDialog(page, 'review-pruned');
  await dialog.getByRole('button', { name: say.close }).first().click();
  await draftBar(page, say).getByRole('button', { name: say.discard }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say.discard })
    .click();
  await expect(draftBar(page, say)).toBeHidden();
});

test('two people edit at once: beside each other at once, over each other settled, nothing lost', async ({
  browser,
  language,
}) => {
  const say = words[language];
  const people = [];
  for (const name of ['engineer', 'owner']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(page, name);
    people.push(page);
  }
  const [engineer, owner] = people;
  const [beside, over] = ['configmap.yaml', 'deployment.yaml'].map(
    name => `prod1/search/${name}`,
  );
  const first = language === 'en' ? '4' : '6';
  const second = language === 'en' ? '5' : '7';

  // Both begin from the same commit.
  await engineer.goto(fileUrl(over, 'edit'));
  await owner.goto(fileUrl(over, 'edit'));
  await setValue(engineer, say, over, 'replicas', first);
  await setValue(owner, say, over, 'replicas', second);
  await owner.goto(fileUrl(beside, 'edit'));
  await setValue(owner, say, beside, 'SHARDS', `'${second}'`);
  await openReview(engineer, say);
  await commit(engineer, say);

  // The owner's is over the engineer's in one line, and is asked which it shall be.
  const dialog = await openReview(owner, say);
  const mine = dialog.getByRole('button', { name: say.mine, exact: true });
  await expect(mine).toBeVisible();
  await looksAtDialog(owner, 'review-conflict');
  await mine.click();
  await dialog.getByRole('button', { name: say.settle }).click();
  await commit(owner, say);

  await owner.goto(fileUrl(over, 'file'));
  await expect(owner.getByText(`replicas: ${second}`).first()).toBeVisible();
  await owner.goto(fileUrl(over, 'history'));
  const rows = owner.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toContainText('Owner');
  await expect(rows.nth(2)).toContainText('Engineer');
  for (const page of people) await page.context().close();
});
