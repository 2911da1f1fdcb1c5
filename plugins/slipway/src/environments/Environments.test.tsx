import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { configRepo, environment, prod2 } from '../__testUtils__/fixtures';
import {
  address,
  checkout,
  renderSlipway,
} from '../__testUtils__/renderSlipway';

async function row(name: RegExp) {
  const title = await screen.findByRole('link', { name });
  return within(title.closest('[role=row]') as HTMLElement);
}

describe('the Environments tab', () => {
  it('shows where a component is delivered to, and how it stands there', async () => {
    const { api } = renderSlipway({ entity: checkout });

    const table = await screen.findByRole('table', { name: 'Environments' });
    // The head and six managed environments.
    expect(within(table).getAllByRole('row')).toHaveLength(7);
    expect(api.asked[0]).toMatchObject({
      entityRef: 'component:default/checkout',
      managed: true,
      limit: 50,
    });

    const pod6 = await row(/devops测试环境-pod6/);
    expect(pod6.getByText('Deployed')).toBeVisible();
    expect(pod6.getByText('devops测试专属集群')).toBeVisible();
    expect(pod6.getByText('devops-test-pod6')).toBeVisible();
    expect(pod6.getByText('12 modules')).toBeVisible();
    expect(pod6.getByRole('link', { name: '11 Healthy' })).toHaveAttribute(
      'href',
      '/slipway/environments/devops/devops-test-pod6?health=Healthy',
    );
    expect(pod6.getByText('v2.4.0-rc1')).toBeVisible();
    expect(pod6.getByText('3h ago')).toBeVisible();

    const deploying = await row(/^prod2$/);
    expect(deploying.getByText('Deploying')).toHaveTextContent('2 of 12');
    expect(deploying.getByRole('link', { name: '1 Degraded' })).toBeVisible();
    expect(deploying.getByRole('link', { name: '2 OutOfSync' })).toBeVisible();

    const missing = await row(/^release$/);
    expect(missing.getByText('Not deployed')).toHaveTextContent(
      'apps/release-checkout.yaml missing',
    );
    expect(missing.getByText(/1 finding/)).toBeVisible();

    expect(screen.getByText('main @ 3fe1c20')).toBeVisible();
    expect(screen.getByText('Successful')).toBeVisible();
    expect(
      screen.getByText(/devops cannot be read: The server does not accept/),
    ).toHaveTextContent('(401) What follows was read 2h ago.');

    await userEvent.click(screen.getByRole('button', { name: 'Refresh 商城' }));
    expect(api.refreshed).toEqual(['shop']);
  });

  it('says why, in a tooltip that the keyboard reaches', async () => {
    renderSlipway({ entity: checkout });
    const deploying = await row(/^prod2$/);

    const mark = deploying.getByText('Deploying').closest('[tabindex]');
    act(() => (mark as HTMLElement).focus());
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'The sync engine is working on 2 of 12 modules.',
    );
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  });

  it('draws an offline cluster as the last known state, with its age', async () => {
    renderSlipway({ entity: checkout });
    const stale = await row(/^prod1$/);

    expect(stale.getByText('Unknown')).toHaveTextContent(
      'Unknown · gd offline · 3h ago',
    );
    expect(stale.getByText('offline · 3h ago')).toBeVisible();
    act(() =>
      (stale.getByText('Unknown').closest('[tabindex]') as HTMLElement).focus(),
    );
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /The cluster gd cannot be reached since .*Last known state/,
    );
    // What is fresh has no age at all, what is older than two minutes has.
    expect((await row(/^uat$/)).getByText('14m ago')).toBeVisible();
    expect((await row(/^prod2$/)).queryByText('3s ago')).toBeNull();
  });

  it('keeps search, filters and order in the address, and reads them from it', async () => {
    const { api, unmount } = renderSlipway({ entity: checkout });
    const user = userEvent.setup();

    await user.type(
      await screen.findByRole('searchbox', { name: 'Search' }),
      'prod',
    );
    await waitFor(() => expect(address()).toBe('/?q=prod'));
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'uat' }),
      ).not.toBeInTheDocument(),
    );

    await user.click(screen.getByRole('button', { name: /^State/ }));
    await user.click(
      await screen.findByRole('option', { name: 'Deploying (1)' }),
    );
    await user.keyboard('{Escape}');
    await user.click(
      screen.getByRole('button', { name: 'Sort by Environment' }),
    );
    await waitFor(() =>
      expect(address()).toBe('/?q=prod&state=Deploying&sort=name'),
    );
    await waitFor(() =>
      expect(api.asked.at(-1)).toMatchObject({
        search: 'prod',
        deployStatus: ['Deploying'],
        sort: 'name',
      }),
    );
    expect(await screen.findByText('1 of 1')).toBeVisible();
    unmount();

    // A colleague opens the link.
    const colleague = renderSlipway({
      entity: checkout,
      at: '/?q=prod&state=Deploying&stage=live&cluster=xj&order=desc&tab=x',
    });
    expect(await screen.findByRole('link', { name: 'prod2' })).toBeVisible();
    expect(screen.getByRole('searchbox')).toHaveValue('prod');
    expect(colleague.api.asked[0]).toMatchObject({
      search: 'prod',
      deployStatus: ['Deploying'],
      stage: ['live'],
      cluster: ['xj'],
      order: 'desc',
    });

    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), 'nowhere');
    expect(
      await screen.findByRole('heading', { name: 'No match' }),
    ).toBeVisible();
    await user.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    expect(await screen.findByRole('link', { name: 'uat' })).toBeVisible();
    // What is not the list's own stays where it is.
    expect(address()).toBe('/?tab=x&order=desc');
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('tells what was found of unmanaged environments', async () => {
    renderSlipway({ entity: checkout });
    const chip = await screen.findByRole('button', { name: 'Unmanaged 1' });
    expect(chip).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(chip);

    expect(
      await screen.findByRole('table', { name: 'Unmanaged environments' }),
    ).toBeVisible();
    const found = await row(/^legacy$/);
    expect(
      found.getByText('58 files · Argo CD argocd/legacy-shop on centre'),
    ).toBeVisible();
    expect(address()).toBe('/?view=unmanaged');
  });

  it('shows more rows on demand', async () => {
    const api = FakeSlipwayApi.create({
      environments: Array.from({ length: 120 }, (_, index) =>
        environment({ name: `env-${index}` }),
      ),
    });
    renderSlipway({ entity: checkout, api });
    expect(await screen.findByText('50 of 120')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('100 of 120')).toBeVisible();
    expect(address()).toBe('/?rows=100');
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('120 of 120')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('says what to do next where there is nothing', async () => {
    const api = FakeSlipwayApi.create({ environments: [], configRepos: [] });
    const { unmount } = renderSlipway({
      api,
      entity: { ...checkout, kind: 'System' },
      docsUrl: '/docs/default/component/slipway',
    });
    expect(
      await screen.findByRole('heading', {
        name: 'No parts with environments',
      }),
    ).toBeVisible();
    expect(screen.getByText(/slipway\.dev\/config-repo: shop/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'How to set up a config repo' }),
    ).toHaveAttribute('href', '/docs/default/component/slipway');
    unmount();

    renderSlipway({
      entity: checkout,
      api: FakeSlipwayApi.create({
        environments: [],
        configRepos: [configRepo()],
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'No environments yet' }),
    ).toBeVisible();
  });

  it('names an annotation that leads nowhere', async () => {
    renderSlipway({
      entity: checkout,
      api: FakeSlipwayApi.create({
        environments: [],
        configRepos: [],
        findings: [
          {
            severity: 'error',
            code: 'configRepoNotRegistered',
            params: { configRepo: 'nope' },
          },
        ],
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The annotation names the config repo nope, which is not registered',
    );
  });

  it('says so when it may not be seen, and tries again when it failed', async () => {
    const denied = renderSlipway({
      entity: checkout,
      api: FakeSlipwayApi.create({ failure: new NotAllowedError('no') }),
    });
    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeVisible();
    expect(screen.getByText(/slipway\.environment\.read/)).toBeVisible();
    denied.unmount();

    const api = FakeSlipwayApi.create({
      failure: new ServiceUnavailableError('The database is away.'),
    });
    renderSlipway({ entity: checkout, api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The environments could not be readThe database is away.',
    );
    api.world.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'prod2' })).toBeVisible();
  });

  it('follows the world without a reload, and keeps what it has when it cannot', async () => {
    const { api, signals } = renderSlipway({ entity: checkout });
    expect((await row(/^prod2$/)).getByText('Deploying')).toBeVisible();
    expect(api.asked).toHaveLength(1);

    // Older than what is shown: nothing to do.
    act(() => signals.publish('slipway', { sequence: 1 }));
    api.world.sequence = 7;
    api.world.environments = [
      { ...prod2, deployStatus: { state: 'Deployed' } },
    ];
    // A burst costs one request.
    for (const sequence of [5, 6, 7]) {
      act(() => signals.publish('slipway', { sequence }));
    }
    // Screen readers hear of it, once.
    expect(await screen.findByText('Environments updated')).toBeInTheDocument();
    await waitFor(async () =>
      expect((await row(/^prod2$/)).getByText('Deployed')).toBeVisible(),
    );
    expect(api.asked).toHaveLength(2);

    api.world.failure = new ServiceUnavailableError('The database is away.');
    act(() => signals.publish('slipway', { sequence: 8 }));
    expect(
      await screen.findByText(
        /Could not be updated: The database is away\. This is as of/,
      ),
    ).toBeVisible();
    expect((await row(/^prod2$/)).getByText('Deployed')).toBeVisible();

    api.world.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.queryByText(/Could not be updated/)).toBeNull(),
    );
  });

  it('speaks Chinese, in the words that its users know', async () => {
    renderSlipway({ entity: checkout, language: 'zh' });
    expect(
      await screen.findByRole('heading', { name: '环境列表' }),
    ).toBeVisible();
    expect((await screen.findAllByText('仓库状态:'))[0]).toBeVisible();
    expect(screen.getByText('Successful')).toBeVisible();

    const pod6 = await row(/devops测试环境-pod6/);
    for (const word of ['所属集群', '路径', '描述', '已部署', '12 个模块']) {
      expect(pod6.getByText(word)).toBeVisible();
    }
    expect(pod6.getByText('3小时前')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '未接管 1' }));
    expect(
      await screen.findByRole('heading', { name: '未接管环境' }),
    ).toBeVisible();
  });

  it('is not there without permission, nor on entities without the annotation', async () => {
    const denied = renderSlipway({ entity: checkout, mayView: false });
    await screen.findByTestId('empty-entity-page');
    denied.unmount();

    renderSlipway({
      entity: { ...checkout, metadata: { name: 'other' } },
    });
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });
});
