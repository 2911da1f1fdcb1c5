import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { CopiedFile } from '@slipway/backstage-plugin-slipway-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { change } from '../__testUtils__/changeFixtures';
import {
  copiedFile,
  copiedFiles,
  copyPlan,
  proposedRules,
} from '../__testUtils__/copyFixtures';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import {
  address,
  checkout,
  renderSlipway,
} from '../__testUtils__/renderSlipway';

const page = '/slipway/environments/shop/prod2/copy';

const made = (files: CopiedFile[] = copiedFiles()) =>
  change({
    summary: {
      id: 12,
      kind: 'copy',
      state: 'Following',
      title: 'Copy 生产环境 to 环境复制演示',
    },
    copy: {
      source: { name: 'prod2', title: '生产环境', exists: true, path: 'prod2' },
      target: {
        name: 'demo',
        title: '环境复制演示',
        exists: true,
        path: 'demo',
      },
      files,
    },
  });

function backend() {
  const api = FakeSlipwayApi.create();
  api.changes.changesWorld.plan = request => copyPlan(request);
  api.changes.changesWorld.create = () => made();
  api.changes.changesWorld.changes = [made()];
  return api;
}

const link = (params: { [name: string]: string }) =>
  `${page}?${new URLSearchParams(params)}`;

const demo = { target: 'demo', title: '环境复制演示', at: 'xj/shop-demo' };

function rowsOf(table: HTMLElement) {
  return within(table)
    .getAllByRole('row')
    .map(row =>
      [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
    );
}

const copyButton = () => screen.findByRole('button', { name: 'Copy' });

async function pick(
  user: ReturnType<typeof userEvent.setup>,
  field: RegExp,
  option: string,
) {
  await user.click(await screen.findByRole('button', { name: field }));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('the copy of an environment', () => {
  it('goes from the environment to a new one: chosen, planned, copied once and followed', async () => {
    const api = backend();
    renderSlipway({ at: '/slipway/environments/shop/prod2', api });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Copy environment' }),
    );
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Copy environment',
      }),
    ).toBeVisible();
    expect(address()).toBe(page);
    expect(await screen.findByText(/Choose or name the target/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
    expect(screen.getByRole('button', { name: /Plan/ })).toBeDisabled();
    expect(api.changes.planned).toEqual([]);

    await user.type(screen.getByRole('textbox', { name: /^Name\b/ }), 'demo');
    await user.type(
      screen.getByRole('textbox', { name: 'Title' }),
      '环境复制演示',
    );
    await pick(user, /^Stage/, 'dev');
    await pick(user, /^Cluster/, '中心 (centre)');
    expect(screen.getByText(/^Choose where it goes/)).toBeVisible();
    await user.type(
      screen.getByRole('textbox', { name: 'Namespace' }),
      'shop-demo',
    );
    expect(await screen.findByText('Its files will be in demo.')).toBeVisible();
    const target = {
      name: 'demo',
      title: '环境复制演示',
      stage: 'dev',
      targets: [{ cluster: 'centre', namespace: 'shop-demo' }],
    };
    await waitFor(() =>
      expect(api.changes.planned.at(-1)).toEqual({
        kind: 'copy',
        copy: expect.objectContaining({
          source: 'prod2',
          target,
          secrets: 'leaveOut',
        }),
      }),
    );
    await waitFor(() =>
      expect(address()).toBe(
        `${page}?target=demo&title=环境复制演示&stage=dev&at=centre/shop-demo`,
      ),
    );

    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(
      await screen.findByRole('region', { name: 'What and how' }),
    ).toHaveFocus();
    const modules = await screen.findByRole('list', {
      name: 'Modules to copy',
    });
    await user.click(within(modules).getByRole('checkbox', { name: 'search' }));
    expect(screen.getByText('2 of 3 modules')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Next' }));

    const table = await screen.findByRole('table', {
      name: 'Plan of the copy',
    });
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy?.modules).toEqual([
        'checkout',
        'cart',
      ]),
    );
    expect(rowsOf(table)).toEqual([
      ['Module', 'File', 'Status', 'Remark'],
      [
        'Environment description',
        '.slipway/environments/demo.yaml',
        'created',
        '',
      ],
      ['cart → cart', 'deployment.yaml → deployment.yaml', 'as it is', ''],
      [
        'cart → cart',
        'secret.yaml → secret.yaml',
        'left out',
        'It stays behind: it holds plain Secret values, which must not travel. Empty them, or seal them for the target.',
      ],
      [
        'checkout → checkout',
        'deployment.yaml → deployment.yaml',
        'rewritten',
        '2 values',
      ],
      [
        'checkout → checkout',
        'service.yaml → service.yaml',
        'rewritten',
        '1 value',
      ],
    ]);
    await user.click(
      screen.getByRole('button', {
        name: 'What differs in demo/checkout/deployment.yaml',
        expanded: false,
      }),
    );
    expect(
      await screen.findByRole('table', {
        name: 'Differences in demo/checkout/deployment.yaml',
      }),
    ).toHaveTextContent('replicas: 5');
    await user.click(screen.getByRole('button', { name: '1 left out' }));
    expect(rowsOf(table)).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: '5 files' }));

    expect(screen.getByRole('textbox', { name: /Message/ })).toHaveValue(
      'Copy 生产环境 to 环境复制演示',
    );
    await waitFor(async () => expect(await copyButton()).toBeEnabled());
    await user.dblClick(await copyButton());
    expect(
      await screen.findByRole('heading', { name: '✓ Environment copied' }),
    ).toBeVisible();
    expect(
      screen.getByText('生产环境 was copied to 环境复制演示!'),
    ).toBeVisible();
    expect(api.changes.created).toEqual([
      {
        kind: 'copy',
        copy: {
          source: 'prod2',
          target,
          modules: ['checkout', 'cart'],
          secrets: 'leaveOut',
        },
        message: 'Copy 生产环境 to 环境复制演示',
        digest: 'v1:first',
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    expect(address()).toMatch(/step=result.*change=12$/);
    expect(
      screen.getByRole('button', { name: 'Open environment' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/demo');
    expect(screen.getByRole('button', { name: 'Undo' })).toBeEnabled();
    expect(
      await screen.findByRole('region', { name: 'Timeline of change #12' }),
    ).toBeVisible();
    expect(
      within(
        screen.getByRole('table', { name: 'Result of the copy' }),
      ).getAllByTitle('✓'),
    ).toHaveLength(4);
  });

  it('proposes rules, plans again with those that were edited, and shows what they do', async () => {
    const api = backend();
    renderSlipway({ at: link({ ...demo, step: 'what' }), api });
    const user = userEvent.setup();
    const first = within(
      await screen.findByRole('listitem', { name: 'Rule 1' }),
    );
    expect(first.getByText('2 values in 1 file')).toBeVisible();
    expect(first.getByRole('textbox', { name: 'To' })).toHaveValue('shop-demo');
    expect(
      await screen.findByRole('table', {
        name: 'Differences in demo/checkout/deployment.yaml',
      }),
    ).toBeVisible();
    // What was proposed needs no second plan; only the preview was asked for.
    expect(
      api.changes.planned.map(({ copy }) => [copy?.rules, copy?.preview]),
    ).toEqual([
      [undefined, undefined],
      [undefined, ['demo/checkout/deployment.yaml']],
    ]);

    await user.clear(first.getByRole('textbox', { name: 'To' }));
    await user.type(first.getByRole('textbox', { name: 'To' }), 'other');
    await user.click(screen.getByRole('button', { name: 'Add rule' }));
    const third = within(screen.getByRole('listitem', { name: 'Rule 3' }));
    expect(await third.findByText('It needs from.')).toBeVisible();
    await user.click(third.getByRole('button', { name: /^Rewrite/ }));
    await user.click(await screen.findByRole('option', { name: 'Replicas' }));
    await user.type(third.getByRole('textbox', { name: 'To' }), '1');
    await user.click(screen.getByRole('button', { name: 'Move rule 3 up' }));
    await user.click(screen.getByRole('button', { name: 'Remove rule 3' }));
    const rules = [
      { type: 'namespace', from: 'shop', to: 'other' },
      { type: 'replicas', to: '1' },
    ];
    await waitFor(() =>
      expect(
        api.changes.planned.filter(({ copy }) => !copy?.preview).at(-1)?.copy
          ?.rules,
      ).toEqual(rules),
    );
    await waitFor(() =>
      expect(address()).toContain(`rules=${JSON.stringify(rules)}`),
    );
    await user.click(
      screen.getByRole('button', { name: 'Propose rules anew' }),
    );
    expect(
      await within(
        await screen.findByRole('listitem', { name: 'Rule 2' }),
      ).findByDisplayValue('demo.shop.example'),
    ).toBeVisible();

    // Secrets of one file, and a file that stays behind.
    const secret = screen.getByRole('group', {
      name: 'prod2/cart/secret.yaml',
    });
    await user.click(within(secret).getByRole('button'));
    await user.click(
      await screen.findByRole('option', { name: 'Copy without the values' }),
    );
    await user.click(screen.getByRole('button', { name: 'Files of checkout' }));
    await user.click(screen.getByRole('checkbox', { name: 'service.yaml' }));
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy).toMatchObject({
        secretsOf: [{ path: 'prod2/cart/secret.yaml', secrets: 'empty' }],
        excludedFiles: ['prod2/checkout/service.yaml'],
        rules: proposedRules,
      }),
    );
  });

  it('takes rules that are saved, and saves those that it has', async () => {
    const api = backend();
    api.world.copyRules = [
      {
        name: 'edge',
        title: 'To the edge',
        rules: [{ type: 'replicas', to: '1' }],
      },
      { name: 'plain', rules: [{ type: 'label', path: 'env', to: 'x' }] },
    ];
    renderSlipway({ at: link({ ...demo, step: 'what' }), api });
    const user = userEvent.setup();
    await pick(user, /^Saved rules/, 'To the edge');
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy?.rules).toEqual(
        api.world.copyRules[0].rules,
      ),
    );
    const name = screen.getByRole('textbox', { name: 'Save the rules as' });
    await user.type(name, ' plain');
    expect(screen.getByText(/^Replaces the rules/)).toBeVisible();
    await user.type(name, ' 2');
    expect(screen.queryByText(/^Replaces the rules/)).toBeNull();
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy?.saveRules).toBe('plain 2'),
    );
    await waitFor(() => expect(address()).toContain('saveRules=+plain+2'));
  });

  it('is filled in by a link, and asks before it overwrites', async () => {
    const api = backend();
    const overwriting = copiedFile('checkout', 'deployment.yaml', {
      status: 'rewritten',
      overwrites: true,
    });
    api.changes.changesWorld.plan = request =>
      copyPlan(request, { copy: { files: [overwriting] } });
    const rules = [{ type: 'namespace', from: 'shop', to: 'x' }] as const;
    renderSlipway({
      at: link({
        step: 'plan',
        to: 'existing',
        target: 'qa',
        module: 'checkout',
        without: 'prod2/checkout/a.yaml',
        existing: 'overwrite',
        secrets: 'empty',
        secretsOf: '[{"path":"p","secrets":"keep"},{"path":7}]',
        rules: JSON.stringify([...rules, { type: 'magic' }]),
      }),
      api,
    });
    const user = userEvent.setup();
    expect(await screen.findByText('Overwrites what is there.')).toBeVisible();
    expect(api.changes.planned).toEqual([
      {
        kind: 'copy',
        copy: {
          source: 'prod2',
          target: { name: 'qa' },
          modules: ['checkout'],
          excludedFiles: ['prod2/checkout/a.yaml'],
          existing: 'overwrite',
          secrets: 'empty',
          secretsOf: [{ path: 'p', secrets: 'keep' }],
          rules,
        },
      },
    ]);
    await user.click(screen.getByRole('button', { name: /What and how/ }));
    expect(
      await screen.findByRole('radio', { name: /^Overwrite/ }),
    ).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await user.click(await copyButton());
    const dialog = await screen.findByRole('dialog', {
      name: 'Overwrite existing files?',
    });
    expect(dialog).toHaveTextContent('1 file of qa is overwritten.');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(api.changes.created).toEqual([]);
    await user.click(await copyButton());
    await user.click(
      await screen.findByRole('button', { name: 'Overwrite and copy' }),
    );
    expect(
      await screen.findByRole('heading', { name: '✓ Environment copied' }),
    ).toBeVisible();
  });

  it('says that the plan moved and what of it, and copies again with the new one', async () => {
    const api = backend();
    const { changesWorld, created } = api.changes;
    changesWorld.create = () => {
      throw new ConflictError('moved');
    };
    renderSlipway({ at: link({ ...demo, step: 'plan' }), api });
    const user = userEvent.setup();
    await waitFor(async () => expect(await copyButton()).toBeEnabled());
    changesWorld.plan = request =>
      copyPlan(request, {
        digest: 'v1:second',
        copy: {
          files: [
            ...copiedFiles().slice(0, 3),
            copiedFile('checkout', 'deployment.yaml', { status: 'skipped' }),
            copiedFile('checkout', 'new.yaml'),
          ],
        },
      });
    await user.click(await copyButton());
    expect(
      await screen.findByText('The plan is another one now'),
    ).toBeVisible();
    const moves = await screen.findByRole('list', {
      name: 'Files whose status changed',
    });
    expect(
      within(moves)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'demo/checkout/deployment.yaml: rewritten → skipped',
      'demo/checkout/service.yaml: rewritten → not in the plan',
      'demo/checkout/new.yaml: not in the plan → as it is',
    ]);
    changesWorld.create = () => made();
    await waitFor(async () => expect(await copyButton()).toBeEnabled());
    await user.click(await copyButton());
    await screen.findByRole('heading', { name: '✓ Environment copied' });
    expect(created.map(({ digest }) => digest)).toEqual([
      'v1:first',
      'v1:second',
    ]);
  });

  it('says what stands in the way, and what could not be planned', async () => {
    const api = backend();
    const { changesWorld } = api.changes;
    changesWorld.plan = request =>
      copyPlan(request, {
        gate: {
          allowed: false,
          missing: [{ code: 'changeHasErrors', params: { count: '1' } }],
        },
        findings: [
          {
            severity: 'error',
            code: 'copyNameTaken',
            params: { name: 'Demo' },
          },
        ],
        copy: {
          files: [
            copiedFile('cart', 'deployment.yaml'),
            copiedFile('checkout', 'link', {
              status: 'refused',
              remarks: [
                { code: 'copyLinkOutside', params: { target: '/etc' } },
              ],
            }),
          ],
        },
      });
    const first = renderSlipway({ at: link(demo), api });
    const user = userEvent.setup();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The name differs from Demo only in upper and lower case: choose another.',
    );
    await user.click(screen.getByRole('button', { name: /Plan/ }));
    // What is refused comes first.
    const [, refused] = rowsOf(
      await screen.findByRole('table', { name: 'Plan of the copy' }),
    );
    expect(refused).toEqual([
      'checkout → checkout',
      'link → link',
      'refused',
      'The link leads out of the environment, to /etc: leave it out, or make it a file.',
    ]);
    expect(await copyButton()).toBeDisabled();
    expect(await copyButton()).toHaveAccessibleDescription(
      'Errors stand in the way: 1.',
    );
    first.unmount();

    const nowhere = renderSlipway({
      at: '/slipway/environments/shop/nowhere/copy',
    });
    expect(
      await screen.findByRole('heading', { name: 'Not found' }),
    ).toBeVisible();
    nowhere.unmount();

    changesWorld.failure = new ServiceUnavailableError('The clone is away.');
    renderSlipway({ at: link({ ...demo, step: 'plan' }), api });
    expect(await screen.findByText('The clone is away.')).toBeVisible();
    changesWorld.failure = undefined;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('table', { name: 'Plan of the copy' }),
    ).toBeVisible();
  });

  it('draws only what is in sight of thousands of files', async () => {
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(540);
    const api = backend();
    const files = Array.from({ length: 5_000 }, (_, index) =>
      copiedFile(`module-${Math.floor(index / 5)}`, `file-${index % 5}.yaml`),
    );
    api.changes.changesWorld.plan = request =>
      copyPlan(request, { copy: { files } });
    renderSlipway({ at: link({ ...demo, step: 'plan' }), api });
    const table = await screen.findByRole('table', {
      name: 'Plan of the copy',
    });
    expect(table).toHaveAttribute('aria-rowcount', '5001');
    expect(screen.getByText('1000 modules')).toBeVisible();
    await waitFor(() =>
      expect(within(table).getAllByRole('row').length).toBeGreaterThan(5),
    );
    expect(within(table).getAllByRole('row').length).toBeLessThan(60);
    jest.restoreAllMocks();
  });

  it('tells in Chinese, word for word, after a reload, and on the page of the change', async () => {
    const api = backend();
    const result = renderSlipway({
      at: link({ change: '12' }),
      api,
      language: 'zh',
    });
    expect(
      await screen.findByRole('heading', { name: '✓ 环境复制成功~' }),
    ).toBeVisible();
    expect(
      screen.getByText('生产环境 已成功复制到 环境复制演示！'),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: '复制环境' }),
    ).toBeVisible();
    const columns = ['模块复制', '文件复制', '状态', '备注'];
    expect(rowsOf(screen.getByRole('table', { name: '复制结果' }))[0]).toEqual(
      columns,
    );
    expect(api.changes.planned).toEqual([]);
    result.unmount();

    const planned = renderSlipway({
      at: link({ ...demo, step: 'plan' }),
      api,
      language: 'zh',
    });
    expect(await screen.findByRole('textbox', { name: /^信息/ })).toHaveValue(
      '复制 生产环境 到 环境复制演示',
    );
    expect(screen.getByRole('button', { name: '复制' })).toBeVisible();
    planned.unmount();

    renderSlipway({ at: '/slipway/changes/12', api, language: 'zh' });
    expect(
      rowsOf(await screen.findByRole('table', { name: '复制结果' }))[0],
    ).toEqual(columns);
  });

  it('says that a copy failed, and leads back to its plan', async () => {
    const api = backend();
    const failed = made();
    failed.summary = {
      ...failed.summary,
      state: 'Failed',
      commit: undefined,
      reason: { code: 'pushRefused', params: { words: 'no Fridays' } },
    };
    api.changes.changesWorld.changes = [failed];
    renderSlipway({ at: link({ ...demo, change: '12' }), api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The environment was not copied');
    expect(alert).toHaveTextContent('no Fridays');
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the plan' }),
    );
    expect(await copyButton()).toBeVisible();
  });
});

describe('the Copy environment tab', () => {
  it('asks which of the environments of the entity to copy', async () => {
    const api = backend();
    renderSlipway({
      entity: checkout,
      show: 'copy',
      at: '/?at=xj/shop-demo',
      api,
    });
    const user = userEvent.setup();
    await screen.findByRole('heading', {
      name: 'Choose the environment to copy',
    });
    await pick(user, /^Source(?! and)/, 'shop · prod2');
    expect(address()).toBe('/?at=xj/shop-demo&source=shop/prod2');
    await user.type(
      await screen.findByRole('textbox', { name: /^Name\b/ }),
      'demo',
    );
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy?.source).toBe('prod2'),
    );
    await pick(user, /^Source(?! and)/, 'shop · prod1');
    await waitFor(() =>
      expect(api.changes.planned.at(-1)?.copy?.source).toBe('prod1'),
    );
    expect(screen.getByRole('textbox', { name: /^Name\b/ })).toHaveValue(
      'demo',
    );
  });

  it('is for those who may change', async () => {
    renderSlipway({
      entity: checkout,
      show: 'copy',
      at: '/?source=shop/prod2',
      mayChange: false,
    });
    expect(await screen.findByText(/slipway\.change\.create/)).toBeVisible();
  });
});
