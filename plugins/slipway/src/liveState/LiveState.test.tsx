import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  EngineObjectLive,
  LiveObject,
} from '@slipway/backstage-plugin-slipway-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { ago } from '../__testUtils__/fixtures';
import { renderSlipway } from '../__testUtils__/renderSlipway';

const page = '/slipway/environments/shop/prod2/modules/checkout';

function object(
  state: LiveObject['state'],
  name: string,
  more: Partial<LiveObject> = {},
): LiveObject {
  return {
    group: '',
    kind: 'ConfigMap',
    namespace: 'shop',
    name,
    state,
    differences: [],
    managers: [],
    ...more,
  };
}

function item(patch: Partial<EngineObjectLive> = {}): EngineObjectLive {
  const objects = patch.objects ?? [
    object('Changed', 'settings', {
      differences: [
        { path: 'data.greeting', left: 'bye', right: 'hello', expected: false },
      ],
      managers: [
        {
          manager: 'kubectl-edit',
          operation: 'Update',
          at: ago(3_600_000),
          paths: ['data.greeting'],
        },
      ],
    }),
    object('Changed', 'db', {
      kind: 'Secret',
      differences: [
        {
          path: 'data.password',
          left: '⟪masked:1⟫',
          right: '⟪masked:1*⟫',
          expected: false,
        },
      ],
    }),
    object('Created', 'new'),
    object('Pruned', 'gone'),
    object('Unknown', 'refused', {
      kind: 'Service',
      reason: {
        code: 'forbidden',
        params: { detail: 'services is forbidden' },
      },
    }),
    object('Hook', 'migrate', { kind: 'Job', hookType: 'PreSync' }),
    object('Same', 'same'),
  ];
  const counts: Record<string, number> = {};
  for (const { state } of objects) counts[state] = (counts[state] ?? 0) + 1;
  return {
    engineObject: {
      engine: 'argocd',
      cluster: 'centre',
      namespace: 'argocd',
      name: 'prod2-checkout',
    },
    cluster: 'centre',
    source: 'git',
    commit: '3fe1c20d8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa',
    hooksKnown: true,
    counts,
    comparedAt: ago(0),
    ...patch,
    objects,
  };
}

describe('what is live against Git', () => {
  it('is told object by object, what a sync would touch first, and who wrote it', async () => {
    const api = FakeSlipwayApi.create({ live: [item()] });
    renderSlipway({ at: `${page}?tab=live`, api });
    const user = userEvent.setup();

    expect(
      await screen.findByText(
        'Compared with the manifests in Git at 3fe1c20d8a, by the values that they declare.',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        '1 would be created, 2 would be changed, 1 would be pruned, 1 would run, 1 cannot be told, 1 the same',
      ),
    ).toHaveAttribute('role', 'status');
    expect(
      screen
        .getAllByRole('heading', { level: 4 })
        .map(heading => heading.textContent),
    ).toEqual([
      'ConfigMap shop/settings',
      'Secret shop/db',
      'ConfigMap shop/new',
      'ConfigMap shop/gone',
      'Service shop/refused',
      'Job shop/migrate',
    ]);
    const table = screen.getByRole('table', {
      name: 'Differences of ConfigMap shop/settings',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row =>
          [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
        ),
    ).toEqual([
      ['Value', 'On the cluster', 'In Git'],
      ['data.greeting', 'bye', 'hello'],
    ]);
    expect(screen.getByRole('list', { name: 'Written by' })).toHaveTextContent(
      'kubectl-edit Update 1h ago · of what differs: data.greeting',
    );
    expect(screen.getByText('⟪masked:1*⟫')).toBeVisible();
    expect(
      screen.getByText(
        'The configured credentials are not allowed to read this. (services is forbidden)',
      ),
    ).toBeVisible();

    await user.click(
      screen.getByRole('button', {
        name: 'Show 1 object that a sync leaves as it is',
      }),
    );
    expect(
      screen.getByRole('heading', { level: 4, name: 'ConfigMap shop/same' }),
    ).toBeVisible();

    const before = api.liveAsked.length;
    api.world.live = [item({ objects: [object('Same', 'settings')] })];
    await user.click(screen.getByRole('button', { name: 'Compare again' }));
    expect(await screen.findByText('1 the same')).toBeVisible();
    expect(api.liveAsked).toHaveLength(before + 1);
  });

  it('is plain about what it does not know', async () => {
    const api = FakeSlipwayApi.create({
      live: [
        item({
          source: 'lastApplied',
          reason: { code: 'gitNotRendered', params: {} },
          objects: [
            object('Changed', 'settings'),
            object('Created', 'new'),
            object('Same', 'same'),
          ],
        }),
      ],
    });
    renderSlipway({ at: `${page}?tab=live`, api });
    expect(
      await screen.findByText(
        '1 missing, 1 changed since, 1 as it was applied',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Compared with what was applied last. What Git holds now is not in it.',
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Git is not rendered here: the manifests are made by Kustomize, Helm or another tool.',
      ),
    ).toBeVisible();
  });

  it('keeps what it has read when it cannot be read again', async () => {
    const api = FakeSlipwayApi.create({
      live: [item({ objects: [object('Same', 'settings')] })],
    });
    renderSlipway({ at: `${page}?tab=live`, api });
    expect(await screen.findByText('1 the same')).toBeVisible();

    api.world.liveFailure = new ServiceUnavailableError('The cluster is away');
    await userEvent.click(
      screen.getByRole('button', { name: 'Compare again' }),
    );
    const note = await screen.findByText(/The cluster is away/);
    expect(screen.getByText('1 the same')).toBeVisible();

    api.world.liveFailure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(note).not.toBeInTheDocument());
  });

  it('says why there is nothing to see', async () => {
    const denied = renderSlipway({
      at: `${page}?tab=live`,
      api: FakeSlipwayApi.create({ liveFailure: new NotFoundError('no') }),
    });
    expect(
      await screen.findByText(/you need the permission slipway.file.read/),
    ).toBeVisible();
    denied.unmount();

    const api = FakeSlipwayApi.create({
      liveFailure: new ServiceUnavailableError('The repository is away'),
    });
    const failed = renderSlipway({ at: `${page}?tab=live`, api });
    expect(await screen.findByText('The repository is away')).toBeVisible();
    api.world.liveFailure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(
        'No sync engine has an object for this module on the target.',
      ),
    ).toBeVisible();
    failed.unmount();

    renderSlipway({
      at: `${page}?tab=live`,
      api: FakeSlipwayApi.create({ live: [item()] }),
      language: 'zh',
    });
    expect(
      await screen.findByText(
        '1 将创建，2 将变更，1 将删除，1 将运行，1 无法判断，1 一致',
      ),
    ).toBeVisible();
  });
});

describe('what a sync would do', () => {
  it('is said in its dialog, with pruning and without', async () => {
    const api = FakeSlipwayApi.create({ live: [item()] });
    renderSlipway({ at: page, api });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Sync now' }));
    const plan = within(await screen.findByRole('dialog')).getByRole('region', {
      name: 'What this sync would do',
    });
    const steps = () =>
      within(plan)
        .getAllByRole('listitem')
        .map(step => step.textContent);
    await waitFor(() =>
      expect(steps()).toEqual([
        '1 would be created: ConfigMap shop/new',
        '2 would be changed: ConfigMap shop/settings, Secret shop/db',
        '1 no longer in Git; it stays without pruning: ConfigMap shop/gone',
        '1 hook would run: Job shop/migrate',
        '1 cannot be told: Service shop/refused',
      ]),
    );
    await user.click(screen.getByRole('checkbox', { name: /prune/ }));
    expect(steps()[2]).toBe('1 would be pruned: ConfigMap shop/gone');
  });

  it.each([
    [[item({ objects: [object('Same', 'a')] })], 'Nothing would change.'],
    [
      [
        item({
          source: 'lastApplied',
          reason: { code: 'gitNotRendered', params: {} },
        }),
      ],
      'It cannot be told beforehand. Git is not rendered here: the manifests are made by Kustomize, Helm or another tool.',
    ],
    [
      [item({ hooksKnown: false, objects: [object('Created', 'a')] })],
      'Which hooks would run cannot be told.',
    ],
  ])('is not made up: %#', async (live, text) => {
    renderSlipway({ at: page, api: FakeSlipwayApi.create({ live }) });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sync now' }),
    );
    expect(await screen.findByText(text)).toBeVisible();
  });
});
