import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { modules } from '../__testUtils__/fixtures';
import {
  address,
  checkout,
  renderSlipway,
} from '../__testUtils__/renderSlipway';

const many = Array.from({ length: 500 }, (_, index) => ({
  ...modules[index % modules.length],
  name: `module-${index}`,
  title: undefined,
}));

describe('the Modules tab', () => {
  it('shows a card for each module with its three states apart, filters them and opens one', async () => {
    renderSlipway({ entity: checkout, show: 'modules' });
    const user = userEvent.setup();

    const list = await screen.findByRole('list', { name: 'Modules' });
    const card = within(list).getByRole('article', { name: 'checkout' });
    expect(card).toHaveTextContent(
      'checkoutHealthySyncedFiles currentEnvironmentprod2Pathprod2/checkoutDescriptionpayments frontVersionv2.3.9Last change3h ago · engineer',
    );
    // The worst of its targets, and how old the oldest is.
    expect(
      within(list).getByRole('article', { name: '购物车' }),
    ).toHaveTextContent(
      '购物车offline · 3h agoDegradedOutOfSyncFiles 2 commits behind',
    );
    await user.hover(
      within(within(list).getByRole('article', { name: 'search' })).getByText(
        'Sync unknown',
      ),
    );
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'The sync engine could not compare Git with the cluster: kustomize build failed: no such file',
    );

    await user.type(screen.getByRole('searchbox'), 'PAYMENTS');
    await waitFor(() => expect(address()).toBe('/?q=PAYMENTS'));
    expect(await screen.findByText('1 of 3')).toBeVisible();
    expect(within(list).getAllByRole('article')).toHaveLength(1);

    await user.click(screen.getByRole('button', { name: /^Sync/ }));
    await user.click(await screen.findByRole('option', { name: 'OutOfSync' }));
    expect(
      await screen.findByText('No module matches the search and the filters.'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(address()).toBe('/');

    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute(
      'href',
      '/slipway/environments/shop/prod2/modules/checkout',
    );
  });

  it('shows many as a list of what is in sight, and remembers what one chose', async () => {
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(540);
    const api = FakeSlipwayApi.create({ modules: many });
    const first = renderSlipway({ entity: checkout, show: 'modules', api });
    const user = userEvent.setup();

    const table = await screen.findByRole('table', { name: 'Modules' });
    expect(table).toHaveAttribute('aria-rowcount', '501');
    expect(await screen.findByText('500 of 500')).toBeVisible();
    await waitFor(() =>
      expect(within(table).getByText('module-0')).toBeVisible(),
    );
    expect(within(table).getAllByRole('row').length).toBeLessThan(40);
    await user.type(screen.getByRole('searchbox'), 'module-499');
    expect(await screen.findByText('1 of 500')).toBeVisible();
    expect(within(table).getByText('module-499')).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Cards' }));
    expect(
      await screen.findByRole('article', { name: 'module-499' }),
    ).toBeVisible();
    const saved = window.localStorage.getItem('slipway.modules.view');
    expect(saved).toBe('cards');
    first.unmount();
    jest.restoreAllMocks();
  });

  it('says in Chinese what there is, and who may not see it', async () => {
    const shown = renderSlipway({
      entity: checkout,
      show: 'modules',
      language: 'zh',
    });
    const card = await screen.findByRole('article', { name: 'checkout' });
    expect(card).toHaveTextContent(
      'checkout健康已同步文件同步所属环境prod2路径prod2/checkout描述payments front版本v2.3.9最近变更3小时前 · engineer',
    );
    shown.unmount();

    const api = FakeSlipwayApi.create({ failure: new NotAllowedError('no') });
    renderSlipway({ entity: checkout, show: 'modules', api });
    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeVisible();
  });
});
