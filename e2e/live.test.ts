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

/** What is offline is tried again with pauses that grow. */
const RECONNECTED = { timeout: 60_000 };

const shop = { kind: 'system', name: 'shop' };
const manifest = 'prod1/checkout/configmap.yaml';

test.skip(
  ({ language }) => language !== 'en',
  'What moves is the same in every language',
);

test.beforeEach(async ({ page }) => signIn(page, 'operator'));

test.afterEach(async () => {
  await demo.break('gd', { type: 'none' });
  await demo.tell('gd', 'shop-prod1-checkout', 'recover').catch(() => {});
});

test('a row follows its cluster and its config repo without a reload', async ({
  page,
}) => {
  await openEnvironments(page, shop);
  const row = environmentRow(page, '生产环境-广东');
  await expect(row.getByRole('link', { name: '6 Healthy' })).toBeVisible();
  const head = page.getByText(/main @ [0-9a-f]{7}/);
  const before = await head.textContent();
  let reloads = 0;
  page.on('load', () => (reloads += 1));

  await demo.tell('gd', 'shop-prod1-checkout', 'degrade');
  const degraded = row.getByRole('link', { name: '1 Degraded' });
  await expect(degraded).toBeVisible();
  await expect(row.getByRole('link', { name: '5 Healthy' })).toBeVisible();
  await expect(row).toContainText('Deployed');
  await looks(page, 'degraded', { within: tabPart });

  await demo.tell('gd', 'shop-prod1-checkout', 'recover');
  await expect(row.getByRole('link', { name: '6 Healthy' })).toBeVisible();
  await expect(degraded).toBeHidden();

  await demo.push('shop', {
    path: manifest,
    content: demo.file('shop', manifest).replace("'900'", "'600'"),
    message: 'Let orders time out sooner',
  });
  await expect(head).not.toHaveText(before ?? '');
  await expect(row).toContainText('outsider');
  await expect(row.getByRole('link', { name: '6 Healthy' })).toBeVisible();
  await expect(row).toContainText('Deployed');
  await expect(row).not.toContainText('Partly');
  expect(reloads).toBe(0);
});

test('a cluster that is offline shows how old its state is, and comes back', async ({
  page,
}) => {
  await openEnvironments(page, shop);
  const row = environmentRow(page, '生产环境-广东');
  await expect(row.getByRole('link', { name: '6 Healthy' })).toBeVisible();

  await demo.break('gd', { type: 'offline' });
  await expect(row).toContainText('Unknown', RECONNECTED);
  await expect(row).toContainText(/offline · \d+ ?\w+ ago/);
  await expect(row.getByRole('link', { name: '6 Healthy' })).toBeVisible();
  const others = environmentRow(page, '生产环境-新疆');
  await expect(others).toContainText('Deployed');
  await expect(others).not.toContainText('offline');

  await demo.push('shop', {
    path: manifest,
    content: demo.file('shop', manifest).replace("'900'", "'300'"),
    message: 'Let orders time out while the cluster is away',
  });
  await expect(
    row
      .getByRole('link', { name: '1 Files 1 commit behind' })
      .or(row.getByRole('link', { name: '1 Files behind' })),
  ).toBeVisible();
  await looks(page, 'stale', {
    within: tabPart,
    widths: ['wide', 'narrow'],
    height: 1200,
  });

  await row.getByRole('link', { name: '生产环境-广东' }).click();
  await expect(
    page.getByRole('heading', { name: '生产环境-广东', level: 1 }),
  ).toBeVisible();
  const checkout = page
    .getByRole('article')
    .filter({ hasText: 'prod1/checkout' })
    // The page around the cards is an article as well.
    .last();
  await expect(checkout).toContainText('Files 1 commit behind');
  await expect(checkout).toContainText('offline · ');
  await looks(page, 'environment-stale');

  await page.goto('/slipway/clusters');
  const cluster = page.getByRole('row').filter({ hasText: '广东' });
  await expect(cluster).toContainText('Unreachable');
  await cluster.getByText('Unreachable').hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'The server could not be reached.',
  );
  await screenshot(page, 'clusters-unreachable-why');
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toBeHidden();
  await looks(page, 'clusters-unreachable');
  await expect(page.getByRole('row').filter({ hasText: '新疆' })).toContainText(
    'Connected',
  );

  await demo.break('gd', { type: 'none' });
  await expect(cluster).toContainText('Connected', RECONNECTED);
  await openEnvironments(page, shop);
  await expect(row).toContainText('Deployed', RECONNECTED);
  await expect(row).not.toContainText('offline');
  await expect(row.getByRole('link', { name: /behind/ })).toBeHidden();
});
