import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeFiles, FilesWorld } from '../__testUtils__/fakeFiles';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import {
  address,
  checkout,
  renderSlipway,
} from '../__testUtils__/renderSlipway';

const page = '/slipway/environments/shop/prod1/files';

function filesApi(patch?: Partial<FilesWorld>) {
  return Object.assign(FakeSlipwayApi.create(), createFakeFiles(patch));
}

async function treeItems() {
  const tree = await screen.findByRole('tree');
  return within(tree)
    .getAllByRole('treeitem')
    .map(({ textContent }) => textContent);
}

describe('the files of an environment', () => {
  it('are found by name with the keyboard alone, and read', async () => {
    renderSlipway({ at: page, api: filesApi() });
    const user = userEvent.setup();

    expect(
      await screen.findByRole('heading', { level: 1, name: 'Files of prod1' }),
    ).toBeVisible();
    expect(await treeItems()).toEqual(['cart1', 'checkout5']);
    expect(screen.getByText('6 files')).toBeVisible();

    await user.keyboard('/');
    const box = screen.getByRole('searchbox', { name: 'Search files' });
    expect(box).toHaveFocus();
    await user.keyboard('deploy');
    expect(await treeItems()).toEqual(['checkout1', 'deployment.yaml']);
    expect(screen.getByText('1 of 1 files')).toBeVisible();

    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('treeitem', { name: 'checkout' })).toHaveFocus();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() =>
      expect(address()).toBe(
        `${page}?repo=shop&file=prod1/checkout/deployment.yaml`,
      ),
    );
    const file = await screen.findByRole('region', {
      name: 'prod1/checkout/deployment.yaml',
    });
    expect(within(file).getByText('checkout in prod1')).toBeVisible();
    expect(within(file).getByText(/engineer · Scale checkout/)).toBeVisible();
    expect(
      within(file).getByRole('link', { name: /Open on the forge/ }),
    ).toHaveAttribute(
      'href',
      'https://git.example/ops/shop/blob/prod1/checkout/deployment.yaml',
    );
    const text = await screen.findByRole('textbox', {
      name: 'Content of prod1/checkout/deployment.yaml',
    });
    expect(text).toHaveTextContent('replicas: 3');
    expect(text).toHaveAttribute('aria-readonly', 'true');
    // The highlighting parts a line in pieces.
    expect(within(text).getByText('kind')).toHaveAttribute('class');

    await user.clear(box);
    const all = within(await screen.findByRole('tree'));
    await user.type(box, '{ArrowDown}{End}');
    await user.keyboard('{ArrowLeft}{ArrowLeft}{Home}');
    expect(all.getByRole('treeitem', { name: 'cart' })).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(
      all.getByRole('treeitem', { name: 'kustomization.yaml' }),
    ).toHaveFocus();
    await user.keyboard('{End}');
    expect(all.getByRole('treeitem', { name: 'checkout' })).toHaveFocus();

    await user.type(box, 'nowhere');
    expect(
      await screen.findByRole('heading', { name: 'No match' }),
    ).toBeVisible();
  });

  it('are found by their content, at the line', async () => {
    renderSlipway({ at: page, api: filesApi() });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Contents' }));
    await user.keyboard('replicas');
    const found = await screen.findByRole('region', {
      name: 'prod1/checkout/deployment.yaml',
    });
    expect(screen.getByText('2 matches')).toBeVisible();
    await user.click(within(found).getByRole('button'));
    expect(address()).toContain('file=prod1/checkout/deployment.yaml&line=6');
    const text = await screen.findByRole('textbox', { name: /^Content of/ });
    expect(text.querySelector('.cm-shown-line')).toHaveTextContent(
      'replicas: 3',
    );
  });

  it.each([
    ['secret.yaml', '1 secret value is masked as ⟪masked:N⟫.'],
    ['broken.yaml', 'Content withheld'],
    ['logo.png', 'Binary file'],
    ['link', 'Symbolic link'],
    ['huge.yaml', 'Too large to show'],
    ['gone.yaml', 'Not found'],
  ])('say why there is less to see of %s: %s', async (name, expected) => {
    const api = filesApi();
    const [known] = api.filesWorld.files;
    const directory = 'prod1/checkout';
    api.filesWorld.files.push(
      { ...known, path: `${directory}/link`, mode: '120000', text: '../x' },
      { ...known, path: `${directory}/huge.yaml`, text: undefined },
    );
    renderSlipway({ at: `${page}?file=${directory}/${name}`, api });
    expect(await screen.findByText(expected, { exact: false })).toBeVisible();
  });

  it('can be compared with those of another environment', async () => {
    const api = filesApi();
    renderSlipway({ at: `${page}?file=prod1/checkout/deployment.yaml`, api });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('tab', { name: 'Compare' }));
    await user.click(
      await screen.findByRole('button', { name: /Compare with/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'prod2' }));
    expect(
      await screen.findByRole('table', { name: /^Differences in/ }),
    ).toBeVisible();
    expect(api.diffsAsked).toEqual([
      {
        path: 'prod1/checkout/deployment.yaml',
        fromPath: 'prod2/checkout/deployment.yaml',
      },
    ]);
    expect(address()).toContain(
      'view=compare&with=prod2/checkout/deployment.yaml',
    );
  });

  it('say what is denied, what failed, and that there is nothing', async () => {
    const denied = renderSlipway({
      at: page,
      api: filesApi({ failure: new NotAllowedError('no') }),
    });
    expect(await screen.findByText(/slipway\.file\.read/)).toBeVisible();
    denied.unmount();

    const empty = renderSlipway({ at: page, api: filesApi({ files: [] }) });
    expect(
      await screen.findByRole('heading', { name: 'No files' }),
    ).toBeVisible();
    empty.unmount();

    const api = filesApi({
      failure: new ServiceUnavailableError('The repository is away.'),
    });
    renderSlipway({ at: page, api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The files could not be readThe repository is away.',
    );
    api.filesWorld.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('tree')).toBeVisible();
  });

  it('are reached from the environment, and those of a module from its page', async () => {
    const environment = renderSlipway({
      at: '/slipway/environments/shop/prod2',
      api: filesApi(),
    });
    expect(
      await screen.findByRole('link', { name: '30 files' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/prod2/files');
    environment.unmount();

    renderSlipway({
      at: '/slipway/environments/shop/prod2/modules/checkout?tab=files',
      api: filesApi(),
    });
    expect(await treeItems()).toEqual(['checkout1', 'deployment.yaml']);
  });

  it('are a tab of the entity, in Chinese as well', async () => {
    renderSlipway({
      entity: checkout,
      show: 'files',
      language: 'zh',
      api: filesApi(),
    });
    expect(
      await screen.findByRole('heading', { level: 2, name: '文件列表' }),
    ).toBeVisible();
    expect(await screen.findByPlaceholderText('请输入文件名称')).toBeVisible();
    expect(await treeItems()).toEqual(['prod16', 'prod21']);
  });
});
