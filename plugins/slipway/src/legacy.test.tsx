import { FlatRoutes } from '@backstage/core-app-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import {
  EntitySlipwayCard,
  EntitySlipwayCopyContent,
  EntitySlipwayEnvironmentsContent,
  EntitySlipwayModulesContent,
  isSlipwayAvailable,
  slipwayApiRef,
  SlipwayPage,
} from './legacy';
import { FakeSlipwayApi } from './__testUtils__/FakeSlipwayApi';
import { checkout } from './__testUtils__/renderSlipway';

function render(options: { at: string }) {
  const { at } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [slipwayApiRef, FakeSlipwayApi.create()],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={checkout}>
        <FlatRoutes>
          <Route path="/slipway" element={<SlipwayPage />} />
          <Route
            path="/environments"
            element={<EntitySlipwayEnvironmentsContent />}
          />
          <Route path="/modules" element={<EntitySlipwayModulesContent />} />
          <Route path="/copy" element={<EntitySlipwayCopyContent />} />
          <Route path="/overview" element={<EntitySlipwayCard />} />
        </FlatRoutes>
      </EntityProvider>
    </TestApiProvider>,
    { routeEntries: [at] },
  );
}

describe('the legacy entry', () => {
  it('shows the same tabs, card and pages', async () => {
    const tab = await render({ at: '/environments' });
    expect(await screen.findByRole('link', { name: 'prod2' })).toHaveAttribute(
      'href',
      '/slipway/environments/shop/prod2',
    );
    tab.unmount();

    const modules = await render({ at: '/modules' });
    expect(await screen.findByRole('link', { name: '购物车' })).toHaveAttribute(
      'href',
      '/slipway/environments/shop/prod2/modules/cart',
    );
    modules.unmount();

    const copy = await render({ at: '/copy' });
    expect(
      await screen.findByRole('heading', {
        name: 'Choose the environment to copy',
      }),
    ).toBeVisible();
    copy.unmount();

    const card = await render({ at: '/overview' });
    expect(await screen.findByText('Delivery')).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'All environments' }),
    ).toHaveAttribute('href', '/environments');
    card.unmount();

    await render({ at: '/slipway/config-repos/devops' });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'devops' }),
    ).toBeVisible();
  });

  it.each([
    ['Component', { 'slipway.dev/config-repo': 'shop' }, true],
    ['Component', {}, false],
    ['System', {}, true],
    ['domain', undefined, true],
    ['API', undefined, false],
  ])('is for a %s with %p: %p', (kind, annotations, expected) => {
    expect(
      isSlipwayAvailable({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name: 'x', annotations },
      }),
    ).toBe(expected);
  });
});
