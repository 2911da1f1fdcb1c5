import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { environment } from '../__testUtils__/fixtures';
import { checkout, renderSlipway } from '../__testUtils__/renderSlipway';

describe('the overview card', () => {
  it('shows the first environments with their deploy status, and how many more there are', async () => {
    const api = FakeSlipwayApi.create({
      environments: Array.from({ length: 11 }, (_, index) =>
        environment({ name: `env-${index}`, title: undefined }),
      ),
    });
    renderSlipway({ entity: checkout, show: 'card', api });

    expect(await screen.findByText('Delivery')).toBeVisible();
    const list = await screen.findByRole('list', { name: 'Environments' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);
    expect(within(list).getAllByText('Deployed')).toHaveLength(8);
    expect(screen.getByText(/and 3 more/)).toBeVisible();
    expect(within(list).getByRole('link', { name: 'env-0' })).toHaveAttribute(
      'href',
      '/slipway/environments/shop/env-0',
    );
  });

  it('is not there where it has nothing to say', async () => {
    const api = FakeSlipwayApi.create({ environments: [], configRepos: [] });
    const { unmount } = renderSlipway({ entity: checkout, show: 'card', api });
    await waitFor(() => expect(api.asked).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('Delivery')).toBeNull());
    unmount();

    const denied = FakeSlipwayApi.create({
      failure: new NotAllowedError('no'),
    });
    renderSlipway({ entity: checkout, show: 'card', api: denied });
    await waitFor(() => expect(denied.asked).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('Delivery')).toBeNull());
  });
});
