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
    copyEnvironment: 'Copy environment',
    copy: 'Copy',
    next: 'Next',
    name: 'Name',
    title: 'Title',
    cluster: 'Cluster',
    namespace: 'Namespace',
    keep: 'Copy as they are',

    plan: 'Plan of the copy',
    result: 'Result of the copy',
    done: '✓ Environment copied',
    doneText: (from: string, to: string) => `${from} was copied to ${to}!`,
    live: 'Live',
    open: 'Open environment',
    undo: 'Undo',
    reason: 'Reason',
    commitTo: 'Commit to main',
    pruned: 'Objects that go away',
    notThere: /is not there|not found|no environment/i,
    saveRules: 'Save the rules as',
    savedRules: 'Saved rules',
  },
  zh: {
    copyEnvironment: '复制环境',
    copy: '复制',
    next: '下一步',
    name: '名称',
    title: '标题',
    cluster: '集群',
    namespace: '命名空间',
    keep: '原样复制',

    plan: '复制计划',
    result: '复制结果',
    done: '✓ 环境复制成功~',
    doneText: (from: string, to: string) => `${from} 已成功复制到 ${to}！`,
    live: '已生效',
    open: '打开环境',
    undo: '撤销',
    reason: '原因',
    commitTo: '提交到 main',
    pruned: '将被移除的对象',
    notThere: /不存在|没有/,
    saveRules: '将规则保存为',
    savedRules: '已保存的规则',
  },
};
type Words = (typeof words)[keyof typeof words];

/** From the commit to every pod, on a machine that does other things too. */
const DELIVERED = { timeout: 120_000 };

test.setTimeout(300_000);

test.beforeEach(async ({ page }) => signIn(page, 'owner'));

async function next(page: Page, say: Words): Promise<void> {
  const button = page.getByRole('button', { name: say.next, exact: true });
  await expect(button).toBeEnabled();
  await button.click();
}

async function runCopy(page: Page, say: Words): Promise<void> {
  const button = page.getByRole('button', { name: say.copy, exact: true });
  await expect(button).toBeEnabled();
  await button.click();
  await expect(page.getByText(say.done)).toBeVisible({ timeout: 60_000 });
}

/** Takes the copy back that the page shows, and waits until what it deployed is gone. */
async function undo(page: Page, say: Words, picture?: string): Promise<void> {
  await page.getByRole('button', { name: say.undo }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: say.reason }).fill('Only a trial');
  await expect(dialog.getByRole('table', { name: say.pruned })).toContainText(
    'Deployment',
  );
  if (picture) {
    await expectNoAxeViolations(page, '[role=dialog]');
    await screenshot(page, picture);
  }
  await dialog.getByRole('button', { name: say.commitTo }).click();
  await expect(dialog.getByText(say.live, { exact: true }).first()).toBeVisible(
    DELIVERED,
  );
}

test('an environment is copied to a new one, its secret kept by choice, in one commit', async ({
  page,
  language,
}) => {
  const say = words[language];
  const name = `copied-${language}`;
  const title = '环境复制演示';
  await page.goto('/slipway/environments/devops/production');
  await page.getByRole('button', { name: say.copyEnvironment }).click();
  await expect(page).toHaveURL(/\/production\/copy/);
  await page
    .getByRole('textbox', { name: say.name, exact: false })
    .first()
    .fill(name);
  await page.getByRole('textbox', { name: say.title }).first().fill(title);
  await page.getByLabel(say.cluster).first().click();
  await page.getByRole('option', { name: /center|中心/ }).click();
  await page.getByLabel(say.namespace).first().fill(`devops-${name}`);
  // The link holds what was chosen.
  await expect(page).toHaveURL(new RegExp(`at=center%2Fdevops-${name}`));
  await looks(page, 'copy-place', { widths: ['wide', 'narrow'], height: 1000 });

  await next(page, say);
  await page.getByRole('radio', { name: say.keep }).check();
  await expect(page).toHaveURL(/secrets=keep/);
  await expect(page.locator('input[value="devops-production"]')).toBeVisible();
  await looks(page, 'copy-what', { widths: ['wide', 'narrow'], height: 1800 });

  await next(page, say);
  const plan = page.getByRole('table', { name: say.plan });
  await expect(plan.getByText('secret.yaml').first()).toBeVisible();
  await looks(page, 'copy-plan', { widths: ['wide', 'narrow'], height: 1400 });

  await runCopy(page, say);
  await expect(page.getByText(say.doneText('生产环境', title))).toBeVisible();
  const result = page.getByRole('table', { name: say.result });
  for (const file of ['deployment', 'namespace', 'secret', 'service']) {
    const row = result.getByRole('row').filter({ hasText: `${file}.yaml` });
    await expect(row.getByRole('img', { name: '✓' })).toBeVisible();
  }
  // One commit, and nothing besides: what declares the environment, and what carries it.
  await expect(result.getByRole('img', { name: '✓' })).toHaveCount(6);
  await looks(page, 'copy-result', {
    widths: ['wide', 'narrow'],
    height: 1400,
  });
  await expect(page.getByText(say.live, { exact: true }).first()).toBeVisible(
    DELIVERED,
  );
  // Other stories count the environments.
  const link = page.url();
  await page.getByRole('button', { name: say.open }).click();
  await expect(
    page.getByRole('heading', { name: title, exact: true }),
  ).toBeVisible();
  await page.goto(link);
  await undo(page, say);
});

test('production is copied with rewrites, becomes live, and is taken back', async ({
  page,
  language,
}) => {
  const say = words[language];
  const name = `trial-${language}`;
  const link = new URLSearchParams({
    to: 'new',
    target: name,
    title: `Trial ${language}`,
    stage: 'qa',
    at: `center/shop-${name}`,
    secrets: 'empty',
  });
  await page.goto(`/slipway/environments/shop/prod1/copy?${link}`);
  await expect(page.getByLabel(say.namespace)).toHaveValue(`shop-${name}`);
  await next(page, say);
  await expect(
    page.locator(`input[value="${name}.example"]`).first(),
  ).toBeVisible();
  await page.getByRole('textbox', { name: say.saveRules }).fill(name);
  await screenshot(page, 'copy-rules');
  await next(page, say);
  const plan = page.getByRole('table', { name: say.plan });
  await expect(plan.getByText('ingress.yaml').first()).toBeVisible();
  await expect(plan.getByText(`.slipway/copyRules/${name}.yaml`)).toBeVisible();
  await runCopy(page, say);
  await expect(page.getByText(say.live, { exact: true }).first()).toBeVisible(
    DELIVERED,
  );
  await looks(page, 'copy-live', { height: 1400 });

  // The rules are there to be used again.
  const followed = page.url();
  link.set('step', 'what');
  link.set('target', `${name}-2`);
  await page.goto(`/slipway/environments/shop/prod1/copy?${link}`);
  await page.getByLabel(say.savedRules).click();
  await page.getByRole('option', { name }).click();
  await expect(page).toHaveURL(/rules=/);
  await looks(page, 'copy-saved-rules', { height: 1400 });
  await page.goto(followed);

  await undo(page, say, 'copy-undo');
  await page.goto(`/slipway/environments/shop/${name}`);
  await expect(page.getByText(say.notThere).first()).toBeVisible();
});

test('an entity offers its environments to copy', async ({
  page,
  language,
}) => {
  await page.goto('/catalog/default/component/checkout/copy-environment');
  await expect(
    page.getByRole('heading', { name: words[language].copyEnvironment }),
  ).toBeVisible();
  await looks(page, 'copy-entity', { within: tabPart });
});
