import { ConflictError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deployment } from '../__testUtils__/changeFixtures';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import {
  ago,
  engineObjectDetails,
  moduleDetails,
  resources,
} from '../__testUtils__/fixtures';
import { address, renderSlipway } from '../__testUtils__/renderSlipway';

const at = '/slipway/environments/shop/prod2/modules/checkout';

function failed() {
  return FakeSlipwayApi.create({
    moduleDetails: moduleDetails({
      engineObjects: [
        engineObjectDetails({
          modules: 3,
          operation: {
            phase: 'Failed',
            finishedAt: ago(120_000),
            message: 'one or more objects failed to apply',
          },
          conditions: [
            {
              type: 'OrphanedResourceWarning',
              message: 'Application has 1 orphaned resources',
            },
            {
              type: 'SyncError',
              message:
                'Failed last sync attempt to 3fe1c20: one or more objects failed to apply',
            },
          ],
        }),
      ],
    }),
  });
}

async function cells() {
  const table = await screen.findByRole('table', { name: 'Resources' });
  return within(table)
    .getAllByRole('row')
    .map(row =>
      [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
    );
}

describe('the page of a module', () => {
  it('does not alarm of a failed sync when what Git holds since is in place', async () => {
    const message = 'ConfigMap "Not_A_Name" is invalid';
    const api = FakeSlipwayApi.create({
      moduleDetails: moduleDetails({
        engineObjects: [
          engineObjectDetails({
            operation: { phase: 'Failed', message, overtaken: true },
            // Flux says the same twice.
            conditions: [{ type: 'ReconciliationFailed', message }],
          }),
        ],
      }),
    });
    renderSlipway({ at, api });

    expect(
      await screen.findByText(
        `An earlier sync failed; what Git holds now is in place: ${message}`,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/ReconciliationFailed/)).toBeNull();
  });

  it('says why nothing is told of what also delivers environments of others', async () => {
    const reason = {
      code: 'carriesOthers',
      params: { name: 'prod2-checkout' },
    };
    const api = FakeSlipwayApi.create({
      moduleDetails: moduleDetails({
        engineObjects: [
          engineObjectDetails({ reason, operation: { phase: 'Failed' } }),
        ],
      }),
      resources: [],
    });
    api.world.modules = api.world.modules.map(module => ({
      ...module,
      states: module.states.map(state => ({
        ...state,
        sync: { state: 'OutOfSync' as const, reason },
      })),
    }));
    const { listModuleResources } = api;
    api.listModuleResources = async (...asked) => ({
      ...(await listModuleResources(...asked)),
      reason,
    });
    renderSlipway({ at, api });

    const why =
      'The engine object prod2-checkout also delivers environments that you may not read; what it says and its resources are not shown.';
    // Once for the engine object, and where its resources would be
    expect(await screen.findByText(`Last sync failed: ${why}`)).toBeVisible();
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.getAllByText(new RegExp(why))).toHaveLength(2);
  });

  it('warns of a sync that is only running because it failed before', async () => {
    const message = 'ConfigMap "Not_A_Name" is invalid. Retrying attempt #1';
    const api = FakeSlipwayApi.create({
      moduleDetails: moduleDetails({
        engineObjects: [
          engineObjectDetails({ operation: { phase: 'Running', message } }),
        ],
      }),
    });
    const sync = {
      state: 'OutOfSync' as const,
      reason: { code: 'reconcileRetrying', params: { message } },
    };
    api.world.modules = api.world.modules.map(module => ({
      ...module,
      states: module.states.map(state => ({ ...state, sync })),
    }));
    renderSlipway({ at, api });

    const said = await screen.findByText(
      `The sync failed and is tried again: ${message}`,
    );
    expect(said.closest('[role=note]')?.className).toContain(
      'MuiAlert-standardWarning',
    );
  });

  it('says how it is, what went wrong and what became of each resource', async () => {
    renderSlipway({ at, api: failed() });
    const user = userEvent.setup();

    expect(
      await screen.findByRole('heading', { level: 1, name: 'checkout' }),
    ).toBeVisible();
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Last sync failed: one or more objects failed to apply · 2m ago',
    );
    expect(
      screen.getByText(
        'OrphanedResourceWarning: Application has 1 orphaned resources',
      ),
    ).toBeVisible();
    // What only repeats the last sync is left out.
    expect(screen.queryByText(/SyncError/)).toBeNull();
    expect(
      screen.getByRole('link', { name: 'Open in Argo CD' }),
    ).toHaveAttribute(
      'href',
      'https://argo.example/applications/argocd/prod2-checkout',
    );
    expect(
      screen.getByRole('link', { name: 'Open on the forge' }),
    ).toHaveAttribute(
      'href',
      'https://git.example/ops/shop/src/branch/main/prod2/checkout',
    );
    expect(
      await screen.findByText(
        'Argo CD prod2-checkout carries 3 modules: the resources are those of all of them.',
      ),
    ).toBeVisible();

    // As the engine applied them, a phase on plain resources too, a type on real hooks only.
    expect(await cells()).toEqual([
      ['Kind', 'Namespace', 'Name', 'Status', 'Hook', 'Health', 'Message'],
      [
        'Job',
        'shop',
        'migrate',
        'Synced',
        'PreSync Succeeded',
        '',
        'Reached expected number of succeeded pods',
      ],
      [
        'ConfigMap',
        'shop',
        'redis',
        'Synced',
        'Running',
        '',
        'configmap/redis unchanged',
      ],
      [
        'Deployment',
        'shop',
        'checkout',
        'SyncFailed',
        'Failed',
        'Degraded',
        'Deployment.apps "checkout" is invalid: field is immutable',
      ],
      [
        'Service',
        'shop',
        'old-checkout',
        'OutOfSync to be pruned',
        '',
        'Healthy',
        '',
      ],
    ]);

    await user.click(screen.getByRole('button', { name: 'Sort by Name' }));
    await waitFor(async () =>
      expect((await cells()).map(row => row[2])).toEqual([
        'Name',
        'checkout',
        'migrate',
        'old-checkout',
        'redis',
      ]),
    );
    await user.click(screen.getByRole('button', { name: /^State/ }));
    await user.click(
      await screen.findByRole('option', { name: 'SyncFailed (1)' }),
    );
    await user.keyboard('{Escape}');
    expect(await screen.findByText('1 of 1')).toBeVisible();
    expect(address()).toBe(`${at}?state=SyncFailed&sort=name`);
    await user.type(screen.getByRole('searchbox'), 'nothing');
    expect(
      await screen.findByText(
        'No resource matches the search and the filters.',
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(async () => expect(await cells()).toHaveLength(5));
  });

  it('names what made the engine objects, and where to change them', async () => {
    const object = (cluster: string) => {
      const { ref } = engineObjectDetails();
      return { ref: { ...ref, cluster } };
    };
    const set = {
      kind: 'ApplicationSet',
      namespace: 'argocd',
      name: 'shop',
      cluster: 'gd',
    };
    const madeBy = async () =>
      (await screen.findByText('Made by')).nextElementSibling;
    const show = (...objects: Parameters<typeof engineObjectDetails>[0][]) =>
      renderSlipway({
        at,
        api: FakeSlipwayApi.create({
          moduleDetails: moduleDetails({
            engineObjects: objects.map(engineObjectDetails),
          }),
        }),
      });

    const one = show({ madeBy: set }, { ...object('gd'), madeBy: set });
    expect(await madeBy()).toHaveTextContent(
      /^ApplicationSet argocd\/shop @ gd$/,
    );
    await userEvent.hover(screen.getByText(/^ApplicationSet/));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'Change it there: what is changed on the cluster may be put back.',
    );
    one.unmount();

    const url = 'https://argo.example/applications/argocd/root';
    const several = show(
      { ...object('gd'), madeBy: set },
      {
        ...object('xj'),
        madeBy: { kind: 'Application', name: 'root', url },
      },
      object('hn'),
    );
    expect(await madeBy()).toHaveTextContent(
      /^ApplicationSet argocd\/shop @ gd \(argocd\/prod2-checkout @ gd\), Application root.* \(argocd\/prod2-checkout @ xj\)$/,
    );
    expect(
      screen.getByRole('link', { name: /^Application root/ }),
    ).toHaveAttribute('href', url);
    several.unmount();

    show({});
    expect(await screen.findByText('Sync engine')).toBeVisible();
    expect(screen.queryByText('Made by')).toBeNull();
  });

  it('asks the sync engine, says what that does before and how it went after', async () => {
    const { api, signals } = renderSlipway({ at });
    const user = userEvent.setup();

    await user.click(await screen.findByRole('button', { name: 'Refresh' }));
    expect(
      await screen.findByText(
        'Argo CD was asked to compare Git with the cluster again.',
      ),
    ).toBeVisible();
    await user.click(
      screen.getByRole('button', { name: 'More ways to refresh' }),
    );
    await user.click(
      await screen.findByRole('menuitem', { name: /^Hard refresh/ }),
    );
    expect(
      await screen.findByText(
        'Argo CD was asked to read Git again from scratch.',
      ),
    ).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Sync now' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Sync checkout now?',
    });
    expect(dialog).toHaveTextContent(
      'Argo CD applies what the branch holds at prod2/checkout to xj/shop. Git stays as it is.',
    );
    await user.click(within(dialog).getByRole('checkbox', { name: /prune/ }));
    expect(dialog).toHaveTextContent(
      'Resources that are no longer in Git are deleted from the cluster.',
    );
    await user.click(within(dialog).getByRole('checkbox', { name: /dry run/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Sync now' }));
    expect(
      await screen.findByText(/^Argo CD was asked for a dry run/),
    ).toBeVisible();
    expect(api.operations).toEqual([
      { type: 'refresh' },
      { type: 'refresh', hard: true },
      { type: 'sync', prune: true, dryRun: true, cluster: undefined },
    ]);

    // A sync begins elsewhere: the page follows, and it can be stopped.
    expect(screen.queryByRole('button', { name: 'Stop this sync' })).toBeNull();
    api.world.moduleDetails = moduleDetails({
      engineObjects: [
        engineObjectDetails({
          operation: {
            phase: 'Running',
            startedAt: ago(40_000),
            message: 'waiting for healthy state of Deployment/checkout',
            initiatedBy: 'user:default/engineer',
          },
        }),
      ],
    });
    api.world.sequence = 2;
    act(() => signals.publish('slipway', { sequence: 2 }));
    expect(
      await screen.findByText(
        /Syncing: waiting for healthy state of Deployment\/checkout · by user:default\/engineer/,
      ),
    ).toBeVisible();
    api.operateModule = async () => {
      throw new ConflictError('The sync has ended meanwhile.');
    };
    await user.click(screen.getByRole('button', { name: 'Stop this sync' }));
    const stop = await screen.findByRole('dialog', {
      name: 'Stop the sync of checkout?',
    });
    await user.click(
      within(stop).getByRole('button', { name: 'Stop this sync' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It was not done: The sync has ended meanwhile.',
    );
  });

  it('offers what the engine can, such as to suspend and resume', async () => {
    const api = FakeSlipwayApi.create();
    const suspended = (health: 'Healthy' | 'Suspended') =>
      moduleDetails({
        operations: ['refresh', 'sync', 'suspend', 'resume'],
        operationOptions: [],
        engineObjects: [engineObjectDetails({ health })],
      });
    api.world.moduleDetails = suspended('Healthy');
    const { signals } = renderSlipway({
      api,
      at: '/slipway/environments/shop/prod2/modules/checkout',
    });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Sync now' }));
    const sync = await screen.findByRole('dialog');
    expect(within(sync).queryByRole('checkbox')).toBeNull();
    await user.click(within(sync).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(
      screen.queryByRole('button', { name: 'More ways to refresh' }),
    ).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Suspend' }));
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
    const dialog = await screen.findByRole('dialog', {
      name: 'Suspend checkout?',
    });
    await user.click(within(dialog).getByRole('button', { name: 'Suspend' }));
    expect(
      await screen.findByText('Argo CD was asked to suspend it.'),
    ).toBeVisible();

    api.world.moduleDetails = suspended('Suspended');
    api.world.sequence = 2;
    act(() => signals.publish('slipway', { sequence: 2 }));
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    expect(screen.queryByRole('button', { name: 'Suspend' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull();
    expect(
      await screen.findByText('Argo CD was asked to resume it.'),
    ).toBeVisible();
    expect(api.operations).toEqual([{ type: 'suspend' }, { type: 'resume' }]);
  });

  it('shows each target apart', async () => {
    renderSlipway({
      at: '/slipway/environments/shop/prod2/modules/cart?tab=files',
    });
    const targets = await screen.findByRole('table', { name: 'Targets' });
    expect(
      within(targets).getByRole('row', { name: /xj\/shop/ }),
    ).toHaveTextContent('ProgressingSyncedFiles current');
    expect(
      within(targets).getByRole('row', { name: /gd\/shop/ }),
    ).toHaveTextContent('DegradedOutOfSyncFiles 2 commits behind');

    await userEvent.click(screen.getByRole('tab', { name: 'Resources' }));
    expect(await screen.findByText('4 of 4')).toBeVisible();
    expect(address()).toBe('/slipway/environments/shop/prod2/modules/cart');
  });

  it('lists what landed so far, failed ones marked, with the change that brought it', async () => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.deployments = [
      deployment({
        id: 62,
        phase: 'Failed',
        startedAt: ago(40 * 60_000),
        finishedAt: ago(39 * 60_000),
        message: 'one or more objects failed to apply',
        commit: api.world.modules[0].lastChange,
        change: 131,
        initiatedBy: 'user:default/engineer',
        images: ['registry.example/shop/checkout:v2.3.9'],
      }),
      ...Array.from({ length: 60 }, (_, id) => deployment({ id })),
    ];
    const tab = `${at}?tab=deployments`;
    const shown = renderSlipway({ at: tab, api, catalog: [] });
    const table = await screen.findByRole('table', { name: 'Deployments' });
    const [header, newest, older] = within(table)
      .getAllByRole('row')
      .map(row =>
        [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
      );
    expect(header).toEqual([
      'When',
      'Result',
      'Revision',
      'Target',
      'Initiated by',
      'Images',
      'Message',
    ]);
    expect(newest).toEqual([
      '40m agotook 1 min 0 sec',
      'Failed',
      'Checkout v2.3.9change #131',
      'xj/shop',
      'engineer',
      'checkout:v2.3.9',
      'one or more objects failed to apply',
    ]);
    expect(older).toEqual([
      '1d agotook 30 sec',
      'Succeeded',
      '3fe1c20',
      'xj/shop',
      'sync engine',
      '',
      'successfully synced (all tasks run)',
    ]);
    expect(
      within(table).getByRole('link', { name: 'change #131' }),
    ).toHaveAttribute('href', '/slipway/changes/131');
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() =>
      expect(within(table).getAllByRole('row')).toHaveLength(62),
    );
    shown.unmount();

    const empty = renderSlipway({ at: tab });
    expect(await screen.findByText('No deployments yet')).toBeVisible();
    empty.unmount();
    api.changes.changesWorld.failure = new Error('The database is away.');
    renderSlipway({ at: tab, api });
    expect(
      await screen.findByText('The deployments could not be read'),
    ).toBeVisible();
  });

  it('leads to what the portal knows of its component in Kubernetes, where it does', async () => {
    const api = FakeSlipwayApi.create();
    const [module] = api.world.modules;
    api.world.modules = [
      { ...module, entityRef: 'component:default/checkout' },
    ];
    const component = (annotations: { [name: string]: string }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'checkout', namespace: 'default', annotations },
    });
    const without = renderSlipway({ at, api, catalog: [component({})] });
    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(screen.queryByRole('button', { name: 'Kubernetes' })).toBeNull();
    without.unmount();

    renderSlipway({
      at,
      api,
      catalog: [component({ 'backstage.io/kubernetes-id': 'checkout' })],
    });
    expect(
      await screen.findByRole('button', { name: 'Kubernetes' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/kubernetes');
  });

  it('leads to its files and to the commits that changed them', async () => {
    renderSlipway({ at });
    await userEvent.click(await screen.findByRole('tab', { name: 'Files' }));
    expect(await screen.findByText('deployment.yaml')).toBeVisible();
    expect(address()).toBe(`${at}?tab=files&repo=shop&file=prod2/checkout`);
    await userEvent.click(screen.getByRole('tab', { name: 'History' }));
    expect(await screen.findByText('Scale checkout')).toBeVisible();
    expect(address()).toBe(`${at}?tab=history`);
  });

  it('reads hundreds of resources step by step', async () => {
    const many = Array.from({ length: 250 }, (_, index) => ({
      ...resources[1],
      name: `config-${index}`,
    }));
    renderSlipway({ at, api: FakeSlipwayApi.create({ resources: many }) });
    expect(await screen.findByText('100 of 250')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('200 of 250')).toBeVisible();
    expect(address()).toBe(`${at}?rows=200`);
  });

  it('speaks Chinese, in the words that the user knows', async () => {
    renderSlipway({ at, language: 'zh' });
    const table = await screen.findByRole('table', { name: '模块状态' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual(['类型', '命名空间', '名称', '状态', 'Hook', '健康', '备注']);
    expect(screen.getByRole('button', { name: '立即同步' })).toBeVisible();
  });

  it('says what is not there, and shows everything but the buttons to those who may not sync', async () => {
    const gone = renderSlipway({
      at: '/slipway/environments/shop/prod2/modules/nothing',
    });
    expect(
      await screen.findByRole('heading', { name: 'Not found' }),
    ).toBeVisible();
    expect(
      screen.getByText(/^The environment prod2 has no module nothing,/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'To the environment' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/prod2');
    gone.unmount();

    const api = FakeSlipwayApi.create({ resources: [] });
    const empty = renderSlipway({ at, api });
    expect(await screen.findByText('No resources')).toBeVisible();
    empty.unmount();

    renderSlipway({
      at: at.replace('prod2', 'prod1'),
      api: FakeSlipwayApi.create({
        modules: api.world.modules.map(module => ({
          ...module,
          environment: 'prod1',
        })),
      }),
      maySync: false,
    });
    expect(
      await screen.findByRole('link', { name: 'Open in Argo CD' }),
    ).toBeVisible();
    expect(await screen.findByText('4 of 4')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Refresh' })).toBeNull();
  });
});
