import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import { withView } from './withView';

// In a file of its own, because usePermission remembers answers for some seconds.
describe('withView', () => {
  it('says no where a tab or page is not to be seen, and nothing in place of a card', async () => {
    const authorize = jest.fn(() => 'DENY' as never);
    const Tab = withView(() => <p>the tab</p>);
    const Card = withView(() => <p>the card</p>, { quiet: true });
    await renderInTestApp(
      <TestApiProvider
        apis={[[permissionApiRef, mockApis.permission({ authorize })]]}
      >
        <Tab />
        <Card />
      </TestApiProvider>,
    );

    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeVisible();
    expect(screen.getByText(/slipway\.view/)).toBeVisible();
    await waitFor(() => expect(authorize).toHaveBeenCalled());
    expect(screen.queryByText('the tab')).toBeNull();
    expect(screen.queryByText('the card')).toBeNull();
  });
});
