import { ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { address, renderSlipway } from '../__testUtils__/renderSlipway';

describe('the pages below /slipway', () => {
  it('leads from the config repos to one of them, its findings and an environment', async () => {
    renderSlipway({ at: '/slipway' });
    const user = userEvent.setup();

    expect(
      await screen.findByRole('heading', { level: 1, name: 'Slipway' }),
    ).toBeVisible();
    const repos = await screen.findByRole('table', { name: 'Config repos' });
    const failed = within(repos).getByRole('row', { name: /devops/ });
    expect(within(failed).getByText('Failed')).toBeVisible();
    expect(within(failed).getByText('2h ago')).toBeVisible();

    await user.click(within(failed).getByRole('link', { name: 'devops' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: 'devops' }),
    ).toBeVisible();
    expect(address()).toBe('/slipway/config-repos/devops');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The server does not accept the configured credentials. (401)',
    );
    const findings = screen.getByRole('table', { name: 'Findings' });
    // The worst first, each with its place.
    expect(
      within(findings)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'SeverityWhereWhat',
      'Error.slipway/environments/pod8.yaml:5:3/spec/targets should be a list.',
      'Warning.slipway/environments/pod7.yaml:3:9The name in the file is not the name of the file.',
    ]);

    await user.click(
      await screen.findByRole('link', { name: 'devops测试环境-pod6' }),
    );
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'devops测试环境-pod6',
      }),
    ).toBeVisible();
    expect(address()).toBe('/slipway/environments/devops/devops-test-pod6');
  });

  it('shows every cluster with the connection of each sync engine', async () => {
    renderSlipway({ at: '/slipway/clusters' });
    const table = await screen.findByRole('table', { name: 'Clusters' });
    const [, argo, flux, away] = within(table).getAllByRole('row');
    expect(argo).toHaveTextContent('中心 centreArgo CD v3.5.7Connected');
    expect(flux).toHaveTextContent(
      'Flux Unreachable · The cluster does not know the objects of the sync engine.',
    );
    expect(away).toHaveTextContent(
      'Argo CD version not knownUnreachable · The server did not answer in time.offline · 3h ago',
    );
    await userEvent.setup().hover(screen.getByText('version not known'));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      "Slipway's account may not read the version: allow it to get StatefulSet argocd/argocd-application-controller.",
    );
  });

  it('shows a cluster with its sync engines and what is delivered to it', async () => {
    const api = FakeSlipwayApi.create();
    renderSlipway({ at: '/slipway/clusters', api });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('link', { name: '中心 centre' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: '中心' }),
    ).toBeVisible();
    expect(address()).toBe('/slipway/clusters/centre');
    const engines = await screen.findByRole('table', { name: 'Sync engines' });
    const [, argo, flux] = within(engines).getAllByRole('row');
    expect(argo).toHaveTextContent(/^Argo CD v3\.5\.7Connected.*40 ms40$/);
    expect(flux).toHaveTextContent(/–0$/);
    expect(
      await screen.findByRole('table', { name: 'Environments' }),
    ).toBeVisible();
    expect(api.asked.at(-1)).toMatchObject({ onCluster: 'centre' });
  });

  it('says that there is no such cluster, and leads on', async () => {
    renderSlipway({ at: '/slipway/clusters/none' });
    expect(
      await screen.findByText(/The portal has no cluster none/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'All clusters' })).toBeVisible();
  });

  it('shows an environment with its modules, on each target, and filters them from the address', async () => {
    renderSlipway({ at: '/slipway/environments/shop/prod2' });
    const user = userEvent.setup();

    expect(
      await screen.findByRole('heading', { level: 1, name: 'prod2' }),
    ).toBeVisible();
    expect(await screen.findByText('Deploying')).toHaveTextContent('2 of 12');
    const cards = await screen.findByRole('list', { name: 'Modules' });
    expect(within(cards).getAllByRole('article')).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'List' }));
    const modules = await screen.findByRole('table', { name: 'Modules' });
    expect(
      within(modules).getByRole('row', { name: /checkout/ }),
    ).toHaveTextContent('HealthySyncedFiles currentv2.3.93h ago · engineer');

    // On several targets it shows the worst, and each on demand.
    const cart = within(modules).getByRole('row', { name: /购物车/ });
    expect(cart).toHaveTextContent(
      'DegradedOutOfSyncFiles 2 commits behindoffline · 3h ago',
    );
    await user.click(
      screen.getByRole('button', { name: 'Show the targets of 购物车' }),
    );
    expect(
      within(modules).getByRole('row', { name: /^xj shop/ }),
    ).toHaveTextContent('ProgressingSyncedFiles current');

    await user.click(screen.getByRole('button', { name: /^Health/ }));
    await user.click(await screen.findByRole('option', { name: 'Unknown' }));
    await waitFor(() =>
      expect(address()).toBe('/slipway/environments/shop/prod2?health=Unknown'),
    );
    expect(within(modules).getAllByRole('row')).toHaveLength(2);
    expect(within(modules).getByRole('row', { name: /search/ })).toBeVisible();
  });

  it('says what is not there, and what failed', async () => {
    const gone = renderSlipway({ at: '/slipway/environments/shop/nowhere' });
    expect(
      await screen.findByRole('heading', { name: 'Not found' }),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'To the config repo' }),
    ).toHaveAttribute('href', '/slipway/config-repos/shop');
    gone.unmount();

    const api = FakeSlipwayApi.create({
      failure: new ServiceUnavailableError('The database is away.'),
    });
    renderSlipway({ at: '/slipway/clusters', api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The clusters could not be readThe database is away.',
    );
    api.world.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('table', { name: 'Clusters' }),
    ).toBeVisible();
  });

  it('is neither a page nor a sidebar item without permission', async () => {
    renderSlipway({ at: '/slipway', mayView: false });
    expect(await screen.findByText(/not find that page|404/i)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Slipway' })).toBeNull();
  });
});
