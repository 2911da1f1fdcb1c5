import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  comparison,
  moduleComparison,
} from '../__testUtils__/comparisonFixtures';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { environment } from '../__testUtils__/fixtures';
import { address, renderSlipway } from '../__testUtils__/renderSlipway';

const page = '/slipway/environments/shop/uat/compare';

function rowsOf(table: HTMLElement) {
  return within(table)
    .getAllByRole('row')
    .map(row =>
      [...row.querySelectorAll('td, th')].map(cell => cell.textContent),
    );
}

function headings(level: number) {
  return screen
    .getAllByRole('heading', { level })
    .map(heading => heading.textContent);
}

describe('the comparison of two environments', () => {
  it('shows what differs unexpectedly first, and folds what was to be expected', async () => {
    const api = FakeSlipwayApi.create({ comparisons: [comparison()] });
    renderSlipway({ at: `${page}?other=prod1`, api });
    const user = userEvent.setup();

    expect(
      await screen.findByText(
        '1 module differs, 1 only in 生产环境, 1 differs only as expected, 1 the same',
      ),
    ).toHaveAttribute('role', 'status');
    expect(
      screen.getByRole('heading', { level: 1, name: 'Compare uat' }),
    ).toBeVisible();
    expect(headings(2)).toEqual(['Differences']);
    expect(headings(3)).toEqual(['checkout', '购物车']);
    expect(headings(4)).toEqual([
      'deployment.yaml',
      'logo.png',
      'probe.yaml',
      'config.yaml',
    ]);
    expect(screen.getByText('3 files differ')).toBeVisible();
    expect(screen.getByText('1 file is the same')).toBeVisible();

    expect(
      rowsOf(
        screen.getByRole('table', { name: 'Differences of deployment.yaml' }),
      ),
    ).toEqual([
      ['Object', 'Value', 'uat', '生产环境'],
      ['Deployment/checkout', 'spec.replicas', '2', '5'],
      ['Deployment/checkout', 'spec.paused', '—not there', 'empty text'],
      [
        'PodDisruptionBudget/checkout',
        'the whole object',
        '—not there',
        'PodDisruptionBudget/checkout',
      ],
      ['Secret/checkout', 'stringData.password', '⟪masked:1⟫', '⟪masked:2⟫'],
    ]);
    expect(screen.getByText('and 7 more')).toBeVisible();
    expect(screen.getByText(/^The file is binary/)).toBeVisible();
    expect(screen.getByText('Only in uat')).toBeVisible();
    const links: Array<[string, string]> = [
      [
        'Side by side: logo.png',
        '/slipway/environments/shop/uat/files?repo=shop&file=uat/checkout/logo.png&view=compare&with=prod1/checkout/logo.png',
      ],
      [
        'Open probe.yaml',
        '/slipway/environments/shop/uat/files?repo=shop&file=uat/checkout/probe.yaml',
      ],
    ];
    for (const [name, to] of links) {
      const href = screen.getByRole('link', { name }).getAttribute('href');
      expect(decodeURIComponent(href ?? '')).toBe(to);
    }

    const [expected] = screen.getAllByRole('button', {
      name: 'Show 1 expected difference',
      expanded: false,
    });
    await user.click(expected);
    expect(
      rowsOf(
        screen.getByRole('table', {
          name: 'Expected differences of deployment.yaml',
        }),
      )[1],
    ).toEqual([
      'Deployment/checkout',
      'metadata.namespace',
      'shop-uat',
      'shop',
    ]);
    await user.click(
      screen.getByRole('button', {
        name: 'Hide the expected differences',
        expanded: true,
      }),
    );
    expect(
      screen.queryByRole('table', { name: /^Expected differences/ }),
    ).toBeNull();

    await user.click(
      screen.getByRole('button', { name: 'checkout', expanded: true }),
    );
    expect(screen.queryByRole('table')).toBeNull();
    const cart = screen.getByRole('button', {
      name: '购物车',
      expanded: false,
    });
    cart.focus();
    await user.keyboard('{Enter}');
    expect(cart).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getAllByText('Only in 生产环境')).toHaveLength(2);

    await user.click(
      screen.getByRole('button', {
        name: 'Show 2 modules without unexpected differences',
        expanded: false,
      }),
    );
    expect(headings(3)).toEqual(['checkout', '购物车', 'search', 'appupdate']);
    await user.click(screen.getByRole('button', { name: 'appupdate' }));
    expect(screen.getByText('2 files are the same')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'search' }));
    await user.click(
      screen.getByRole('button', { name: 'Show 1 expected difference' }),
    );
    // Outside Kubernetes objects there is none to name.
    expect(rowsOf(screen.getByRole('table'))).toEqual([
      ['Value', 'uat', '生产环境'],
      ['host', 'uat.shop.example', 'shop.example'],
    ]);
  });

  it('is reached from the environment, asks what to compare with, and keeps it in the link', async () => {
    const { left, right } = comparison();
    const api = FakeSlipwayApi.create({
      comparisons: [
        comparison(),
        comparison({ left: right, right: left, modules: [] }),
        comparison({
          right: { name: 'qa', managed: true, path: 'qa' },
          modules: [moduleComparison({ state: 'same' })],
        }),
      ],
    });
    renderSlipway({ at: '/slipway/environments/shop/uat', api });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('link', { name: 'Compare with …' }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'Choose the environment to compare with',
      }),
    ).toBeVisible();
    expect(address()).toBe(page);
    expect(screen.getByRole('button', { name: 'Swap' })).toBeDisabled();
    expect(screen.getByRole('link', { name: 'uat' })).toHaveAttribute(
      'href',
      '/slipway/environments/shop/uat',
    );

    await user.click(screen.getByRole('button', { name: /^Compare with/ }));
    // The others of the same config repo.
    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['release', 'qa', 'prod1', 'prod2', 'legacy']);
    await user.click(screen.getByRole('option', { name: 'qa' }));
    expect(
      await screen.findByRole('heading', { name: 'Nothing differs' }),
    ).toBeVisible();
    expect(
      screen.getByText('The one module is the same in uat and qa.'),
    ).toBeVisible();
    expect(address()).toBe(`${page}?other=qa`);

    await user.click(screen.getByRole('button', { name: /^Compare with/ }));
    await user.click(await screen.findByRole('option', { name: 'prod1' }));
    expect(await screen.findByText(/^1 module differs/)).toBeVisible();
    expect(address()).toBe(`${page}?other=prod1`);

    await user.click(screen.getByRole('button', { name: 'Swap' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Compare prod1' }),
    ).toBeVisible();
    expect(address()).toBe(
      '/slipway/environments/shop/prod1/compare?other=uat',
    );
    expect(
      await screen.findByText('Neither 生产环境 nor uat has modules.'),
    ).toBeVisible();
  });

  it('says that only what was to be expected differs, in Chinese', async () => {
    const api = FakeSlipwayApi.create({
      comparisons: [
        comparison({ modules: [moduleComparison({ state: 'expected' })] }),
      ],
    });
    renderSlipway({ at: `${page}?other=prod1`, api, language: 'zh' });
    expect(
      await screen.findByRole('heading', { name: '没有意外差异' }),
    ).toBeVisible();
    expect(
      screen.getByText('0 个模块存在意外差异，1 个仅有预期差异'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: '显示 1 个没有意外差异的模块' }),
    );
    expect(screen.getByText('预期差异')).toBeVisible();
  });

  it('says what is missing, denied or failed, and keeps what it has', async () => {
    const alone = renderSlipway({
      at: page,
      api: FakeSlipwayApi.create({
        environments: [environment({ name: 'uat' })],
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'Nothing to compare with' }),
    ).toBeVisible();
    alone.unmount();

    for (const at of [
      '/slipway/environments/shop/nowhere/compare',
      `${page}?other=nowhere`,
    ]) {
      const gone = renderSlipway({ at });
      expect(
        await screen.findByRole('heading', { name: 'Not found' }),
      ).toBeVisible();
      gone.unmount();
    }

    const denied = renderSlipway({
      at: `${page}?other=prod1`,
      api: FakeSlipwayApi.create({ comparisonFailure: new NotAllowedError() }),
    });
    expect(await screen.findByText(/slipway\.file\.read/)).toBeVisible();
    denied.unmount();

    const api = FakeSlipwayApi.create({
      comparisons: [comparison()],
      comparisonFailure: new ServiceUnavailableError('The clone is away.'),
    });
    const { signals } = renderSlipway({ at: `${page}?other=prod1`, api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The environments could not be comparedThe clone is away.',
    );
    api.world.comparisonFailure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^1 module differs/)).toBeVisible();

    api.world.comparisonFailure = new NotFoundError('The branch is gone.');
    act(() => signals.publish('slipway', { sequence: 2 }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The branch is gone.',
    );
    expect(screen.getByText(/^1 module differs/)).toBeVisible();
    api.world.comparisonFailure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});
