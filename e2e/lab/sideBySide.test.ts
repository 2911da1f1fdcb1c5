import type { Page } from '@playwright/test';
import { expect, lab, looks, screenshot, signIn, test } from '../support';

/** The same module, delivered by each engine. */
const engines = [
  { engine: 'Argo CD', environment: 'dev', cluster: 'center' },
  { engine: 'Flux', environment: 'flux', cluster: 'flux' },
];

const words = {
  en: {
    good: ['Healthy', 'Synced', 'Files current'],
    resources: 'Resources',
    connected: 'Connected',
  },
  zh: {
    good: ['健康', '已同步', '文件同步'],
    resources: '模块状态',
    connected: '已连接',
  },
};

/** Engines go through several passes, on a machine that does other things too. */
const DELIVERED = { timeout: 120_000 };

const settings = (greeting: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: greeting }
data: { greeting: ${greeting} }
`;

function openModule(page: Page, environment: string) {
  return page.goto(`/slipway/environments/lab/${environment}/modules/web`);
}

async function openCluster(page: Page, cluster: string, environment: string) {
  await page.goto(`/slipway/clusters/${cluster}`);
  await expect(
    page.getByRole('rowheader').getByRole('link', { name: environment }),
  ).toBeVisible();
}

/** What the tables of both pages have in common: kinds, names and sync states. */
async function resources(page: Page, name: string): Promise<string[][]> {
  const table = page.getByRole('table', { name });
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  const rows = await table.getByRole('row').all();
  const cells = await Promise.all(
    rows.slice(1).map(row => row.getByRole('cell').allInnerTexts()),
  );
  return (
    cells
      .map(([kind, , object, status]) => [kind, object, status.trim()])
      // Argo CD has made the namespace, and tells what it pruned.
      .filter(([, object]) => object === 'web')
      .sort()
  );
}

test('the same module looks the same on Argo CD and on Flux', async ({
  page,
  language,
}) => {
  const say = words[language];
  await signIn(page, 'operator');
  const tables: string[][][] = [];
  for (const { environment } of engines) {
    await openModule(page, environment);
    for (const word of say.good) {
      await expect(page.getByRole('main').getByText(word).first()).toBeVisible(
        DELIVERED,
      );
    }
    tables.push(await resources(page, say.resources));
    await looks(page, `lab-${environment}-module`, {
      widths: ['wide', 'narrow'],
      height: 1000,
    });
    await page.goto(`/slipway/environments/lab/${environment}`);
    await expect(page.getByRole('link', { name: 'web' }).first()).toBeVisible();
    await looks(page, `lab-${environment}-environment`);
  }
  expect(tables[1]).toEqual(tables[0]);
  expect(tables[0].map(([kind]) => kind)).toEqual([
    'ConfigMap',
    'Deployment',
    'Service',
  ]);

  await page.goto('/slipway/clusters');
  for (const { engine } of engines) {
    await expect(
      page.getByRole('row').filter({ hasText: engine }).first(),
    ).toContainText(say.connected);
  }
  await looks(page, 'lab-clusters', { widths: ['wide', 'narrow'] });
  for (const { cluster, environment } of engines) {
    await openCluster(page, cluster, environment);
    await expect(page.getByRole('main')).toContainText('v1.');
    await looks(page, `lab-cluster-${cluster}`);
  }
});

test.describe('what moves', () => {
  test.skip(
    ({ language }) => language !== 'en',
    'What moves is the same in every language',
  );

  test.beforeEach(async ({ page }) => signIn(page, 'operator'));

  for (const { engine, environment, cluster } of engines) {
    test.describe(engine, () => {
      const file = `${environment}/web/greeting.yaml`;

      /** Has the engine look at Git, until the page says so. */
      async function becomes(page: Page, ...texts: Array<string | RegExp>) {
        await page
          .getByRole('button', { name: 'Refresh', exact: true })
          .click();
        for (const text of texts) {
          await expect(
            page.getByRole('main').getByText(text).first(),
          ).toBeVisible(DELIVERED);
        }
      }

      test.afterEach(async () => {
        await lab.order('restore', cluster);
        await lab.push('Leave it as it was', { [file]: null });
      });

      test('a push arrives on the page by itself, and one that cannot be applied says why', async ({
        page,
      }) => {
        await openModule(page, environment);
        const main = page.getByRole('main');
        await expect(main.getByText('Files current')).toBeVisible(DELIVERED);
        await lab.push('Say hello', { [file]: settings('hello') });
        await expect(main.getByText('Say hello').first()).toBeVisible();
        await becomes(page, 'Files current', 'Synced', 'Healthy');
        await expect(
          page.getByRole('row').filter({ hasText: 'greeting' }),
        ).toContainText('Synced', DELIVERED);

        await lab.push('Say it badly', {
          [file]: settings('hello').replace('greeting }', 'Not_A_Name }'),
        });
        await expect(main.getByText('Say it badly').first()).toBeVisible();
        await becomes(page, /Not_A_Name/, 'Files 1 commit behind');
        await expect(main).not.toContainText('Files current');
        await looks(page, `lab-${environment}-failed`, {
          widths: ['wide', 'narrow'],
          height: 1100,
        });

        await lab.push('Say no more', { [file]: null });
        await expect(main.getByText('Say no more').first()).toBeVisible();
        await becomes(page, 'Files current', 'Synced', 'Healthy');
        await expect(main.getByText(/Not_A_Name/)).toHaveCount(0, DELIVERED);
        await expect(
          page
            .getByRole('row')
            .filter({ hasText: 'greeting', hasNotText: 'Pruned' }),
        ).toHaveCount(0, DELIVERED);
      });

      test('a sync is asked for, and its end is shown', async ({ page }) => {
        await openModule(page, environment);
        await page.getByRole('button', { name: 'Sync now' }).click();
        const dialog = page.getByRole('dialog');
        await expect(dialog).toContainText(engine);
        await screenshot(page, `lab-${environment}-sync`);
        await dialog.getByRole('button', { name: 'Sync now' }).click();
        await expect(page.getByText(/was asked to sync/).first()).toBeVisible();
        for (const word of words.en.good) {
          await expect(
            page.getByRole('main').getByText(word).first(),
          ).toBeVisible(DELIVERED);
        }
      });

      test('a cluster that is cut off keeps its last state, and comes back', async ({
        page,
      }) => {
        await openModule(page, environment);
        const main = page.getByRole('main');
        await expect(main.getByText('Healthy').first()).toBeVisible();
        await lab.order('cut', cluster);
        await expect(main.getByText(/offline · /).first()).toBeVisible(
          DELIVERED,
        );
        await expect(main.getByText('Healthy').first()).toBeVisible();
        await looks(page, `lab-${environment}-offline`);
        await openCluster(page, cluster, environment);
        await expect(main).toContainText('Unreachable');
        await looks(page, `lab-cluster-${cluster}-unreachable`, {
          widths: ['wide', 'narrow'],
        });
        await lab.order('restore', cluster);
        await expect(main).toContainText('Connected', DELIVERED);
        await expect(main).not.toContainText('Unreachable', DELIVERED);
      });
    });
  }

  test('what Flux delivers is suspended and resumed', async ({ page }) => {
    await openModule(page, 'flux');
    const main = page.getByRole('main');
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Suspend' })
      .click();
    const resume = page.getByRole('button', { name: 'Resume' });
    await expect(resume).toBeVisible(DELIVERED);
    await expect(main.getByText('Suspended').first()).toBeVisible();
    await looks(page, 'lab-flux-suspended');
    await resume.click();
    await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible(
      DELIVERED,
    );
    await expect(main.getByText('Suspended')).toHaveCount(0, DELIVERED);
  });
});
