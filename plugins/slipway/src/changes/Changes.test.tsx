import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  change,
  changeDiff,
  changeTarget,
} from '../__testUtils__/changeFixtures';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { ago } from '../__testUtils__/fixtures';
import {
  address,
  checkout,
  renderSlipway,
} from '../__testUtils__/renderSlipway';

const HOUR = 3_600_000;

function rowsOf(table: HTMLElement) {
  return within(table)
    .getAllByRole('row')
    .map(row =>
      [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
    );
}

describe('the page of a change', () => {
  it('tells what, who, why, how far it is and what it changed, and follows it to its end', async () => {
    const api = FakeSlipwayApi.create();
    const following = change({
      changeReason: 'The sale begins on Monday',
      undoes: 97,
      undoneBy: [140, 141],
      summary: {
        state: 'Following',
        since: ago(20_000),
        authorRef: 'user:default/engineer',
      },
      steps: change().steps.slice(0, 3),
      targets: [
        changeTarget(),
        changeTarget({
          cluster: 'gd',
          state: 'Degraded',
          reason: {
            code: 'operationFailed',
            params: { module: 'checkout', message: 'field is immutable' },
          },
        }),
        changeTarget({ environment: 'prod1', state: 'Progressing' }),
      ],
    });
    api.changes.changesWorld.changes = [following];
    api.changes.changesWorld.diff = changeDiff;
    const { signals } = renderSlipway({
      at: '/slipway/changes/131',
      api,
      catalog: [],
    });

    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Scale checkout to five',
      }),
    ).toBeVisible();
    expect(await screen.findByText('Following')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Engineer' })).toHaveAttribute(
      'href',
      '/catalog/default/user/engineer',
    );
    expect(
      await screen.findByRole('button', { name: 'Undo this change' }),
    ).toBeEnabled();
    expect(screen.getByText('The sale begins on Monday')).toBeVisible();
    expect(screen.getByText(/begins on Monday\.$/)).toBeVisible();
    expect(screen.getByRole('link', { name: '#97' })).toHaveAttribute(
      'href',
      '/slipway/changes/97',
    );
    expect(screen.getByRole('link', { name: '#141' })).toBeVisible();
    expect(
      screen.getByRole('link', { name: /^Open 7be21f0 on the forge/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example/ops/shop/commit/7be21f0c8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
    );
    expect(
      screen.getByRole('button', { name: 'Copy the commit id' }),
    ).toBeVisible();

    const steps = screen.getByRole('list', { name: 'Steps' });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map(step => step.textContent),
    ).toEqual([
      'Requested 3m ago',
      'Push begun after 40 ms · 3m ago',
      'Pushed after 1.8 sec · 3m ago',
      expect.stringMatching(/^Following it to its targets began 2\ds ago$/),
    ]);
    expect(
      rowsOf(screen.getByRole('table', { name: 'Targets of the change' })),
    ).toEqual([
      [
        'Module',
        'Environment',
        'Cluster',
        'Namespace',
        'State',
        'Since',
        'Reason',
      ],
      [
        'checkout',
        'prod2',
        'gd',
        'shop',
        'Degraded',
        '1m ago',
        'The last operation on checkout failed: field is immutable',
      ],
      ['checkout', 'prod1', 'xj', 'shop', 'Progressing', '1m ago', ''],
      ['checkout', 'prod2', 'xj', 'shop', 'Live', '1m ago', ''],
    ]);
    expect(
      rowsOf(screen.getByRole('table', { name: 'Files of the change' }))[1],
    ).toEqual(['prod2/checkout/deployment.yaml', 'modified', 'prod2/checkout']);
    expect(
      await screen.findByRole('region', {
        name: 'prod2/checkout/deployment.yaml',
      }),
    ).toHaveTextContent('replicas: 5');

    // It ends while one looks at it, and screen readers are told.
    api.changes.changesWorld.changes = [change({ sequence: 2 })];
    act(() => signals.publish('slipway', { sequence: 2 }));
    expect(await screen.findByText('Change #131: Live')).toBeInTheDocument();
    expect(within(steps).getAllByRole('listitem')[3]).toHaveTextContent(
      'Live after 2 min 0 sec · 1m ago',
    );
  });

  it('says in the words of the server why nothing was pushed, and what was tried', async () => {
    const api = FakeSlipwayApi.create();
    const words = 'pre-receive hook declined: no pushes on Sunday';
    api.changes.changesWorld.changes = [
      change({
        message: 'Scale checkout to five',
        summary: {
          state: 'Failed',
          commit: undefined,
          reason: { code: 'conflict', params: { count: '1' } },
        },
        targets: [changeTarget({ state: 'Waiting' })],
        steps: [
          { step: 'requested', at: ago(HOUR) },
          { step: 'failed', at: ago(HOUR), milliseconds: 900 },
        ],
        attempts: [
          { ...change().attempts[0], result: 'stale' },
          { ...change().attempts[0], number: 2, result: 'refused', words },
        ],
      }),
    ];
    renderSlipway({ at: '/slipway/changes/131', api });

    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(screen.getByText('None: nothing is in the branch.')).toBeVisible();
    expect(
      screen.getByText('Nothing reached the branch, so no target was touched.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('heading', { name: 'What it changed' }),
    ).toBeNull();
    await userEvent.click(screen.getByText('2 attempts to push'));
    expect(
      rowsOf(screen.getByRole('table', { name: 'Attempts to push' })).slice(1),
    ).toEqual([
      ['1', '3m ago', '3fe1c20', '7be21f0', 'The branch had moved on', ''],
      ['2', '3m ago', '3fe1c20', '7be21f0', 'Refused', words],
    ]);
  });

  it('tells what came past Slipway, speaks Chinese, and says what is not there', async () => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.changes = [
      change({
        summary: { kind: 'external' },
        attempts: [],
        commits: [
          {
            commit: '7be21f0c8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
            parents: [],
            authorName: 'someone',
            at: ago(HOUR),
            subject: 'Hotfix',
            message: 'Hotfix',
            trailers: [],
          },
        ],
      }),
    ];
    const page = renderSlipway({
      at: '/slipway/changes/131',
      api,
      language: 'zh',
    });
    expect(await screen.findByText(/该变更绕过了 Slipway/)).toBeVisible();
    expect(screen.getAllByText('已生效').length).toBeGreaterThan(1);
    expect(
      rowsOf(screen.getByRole('table', { name: '包含的提交' }))[1].slice(0, 3),
    ).toEqual(['Hotfix', 'someone', '1小时前']);
    page.unmount();

    for (const name of ['132', 'latest']) {
      const gone = renderSlipway({ at: `/slipway/changes/${name}`, api });
      expect(
        await screen.findByRole('heading', { name: 'Not found' }),
      ).toBeVisible();
      gone.unmount();
    }
  });
});

describe('the list of changes', () => {
  it('says how changes come to be, lists them, filters from the address, pages and opens one', async () => {
    const api = FakeSlipwayApi.create();
    const { signals } = renderSlipway({
      api,
      entity: checkout,
      show: 'changes',
    });
    const user = userEvent.setup();
    expect(
      await screen.findByRole('heading', { name: 'No changes yet' }),
    ).toBeVisible();
    expect(screen.getByText(/every write to a config repo/)).toBeVisible();

    api.changes.changesWorld.changes = [
      change({
        summary: {
          id: 132,
          kind: 'rollback',
          state: 'Degraded',
          title: 'Undo the scaling',
          files: 2,
          modules: ['checkout', 'cart', 'search', 'stock'].map(module => ({
            environment: 'prod2',
            module,
          })),
        },
      }),
      ...Array.from({ length: 60 }, (_, index) =>
        change({ summary: { id: 131 - index } }),
      ),
    ];
    act(() => signals.publish('slipway', { sequence: 2 }));
    const table = await screen.findByRole('table', { name: 'Changes' });
    expect(rowsOf(table).slice(0, 3)).toEqual([
      ['Number', 'Change', 'Kind', 'State', 'Modules', 'Author', 'When'],
      [
        '#132',
        'Undo the scaling2 files',
        'Rollback',
        'Degraded',
        'prod2/checkoutprod2/cartand 2 more',
        'Engineer',
        '3m ago',
      ],
      [
        '#131',
        'Scale checkout to five1 file',
        'Edit',
        'Live',
        'prod2/checkout',
        'Engineer',
        '3m ago',
      ],
    ]);
    expect(api.changes.listed[0]).toMatchObject({
      entityRef: 'component:default/checkout',
    });
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('61 shown')).toBeVisible();

    await user.click(screen.getByRole('button', { name: /^State/ }));
    await user.click(await screen.findByRole('option', { name: 'Degraded' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rowsOf(table)).toHaveLength(2));
    expect(address()).toContain('?state=Degraded');
    await user.type(screen.getByRole('searchbox'), 'nothing');
    expect(
      await screen.findByText('No change matches the search and the filters.'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await user.click(
      await screen.findByRole('link', { name: 'Undo the scaling' }),
    );
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Undo the scaling',
      }),
    ).toBeVisible();
    expect(address()).toBe('/slipway/changes/132');
  });

  it('is part of an environment, of a module and of the overview, and says what failed', async () => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.changes = [change()];
    const environment = renderSlipway({
      at: '/slipway/environments/shop/prod2',
      api,
    });
    await userEvent.click(await screen.findByRole('tab', { name: 'Changes' }));
    const ofEnvironment = await screen.findByRole('table', { name: 'Changes' });
    expect(rowsOf(ofEnvironment)[1][4]).toBe('checkout');
    environment.unmount();

    const module = renderSlipway({
      at: '/slipway/environments/shop/prod2/modules/checkout?tab=changes',
      api,
    });
    const ofModule = await screen.findByRole('table', { name: 'Changes' });
    expect(rowsOf(ofModule)[0]).not.toContain('Modules');
    module.unmount();
    expect(api.changes.listed.slice(0, 2)).toEqual([
      { configRepo: ['shop'], environment: ['prod2'], limit: 50 },
      {
        configRepo: ['shop'],
        environment: ['prod2'],
        module: ['checkout'],
        limit: 50,
      },
    ]);

    api.changes.changesWorld.failure = new Error('The database is away.');
    renderSlipway({ at: '/slipway/changes', api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The changes could not be readThe database is away.',
    );
    api.changes.changesWorld.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Changes' })).toBeVisible();
  });
});
