import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { commit, createFakeFiles } from '../__testUtils__/fakeFiles';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { address, renderSlipway } from '../__testUtils__/renderSlipway';

const path = 'prod1/checkout/deployment.yaml';
const page = '/slipway/environments/shop/prod1/files';

function render(at: string, patch = {}) {
  const api = Object.assign(FakeSlipwayApi.create(), createFakeFiles(patch));
  renderSlipway({ at, api });
  return api;
}

function texts(table: HTMLElement) {
  return within(table)
    .getAllByRole('row')
    .map(({ textContent }) => textContent);
}

describe('the history of a file', () => {
  it('tells its commits, what one changed, and what lies between two', async () => {
    const api = render(`${page}?file=${path}`);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('tab', { name: 'History' }));

    const table = await screen.findByRole('table', {
      name: `Commits of ${path}`,
    });
    const [, newest, , oldest] = texts(table);
    expect(newest).toBe(
      'Scale checkoutchange #131Claims Approved-by: releaseengineer1h agocccccccView',
    );
    expect(oldest).toBe(
      'Add checkoutfounder4d agoaaaaaaaViewRestore this version',
    );

    await user.click(screen.getByRole('button', { name: 'Scale checkout' }));
    expect(
      await screen.findByRole('heading', { name: 'What ccccccc changed' }),
    ).toBeVisible();
    const diff = await screen.findByRole('table', {
      name: `Differences in ${path}`,
    });
    expect(texts(diff)).toEqual([
      'Old lineNew lineChangeText',
      'Lines 5 → 5',
      '55 spec:',
      '6-  replicas: 2',
      '6+  replicas: 3',
      '7+  paused: no',
    ]);

    // Side by side, remembered for the next diff.
    await user.click(screen.getByRole('button', { name: 'Side by side' }));
    await user.click(
      screen.getByRole('button', { name: 'Back to the commits' }),
    );
    expect(
      await screen.findByText('Choose two commits to compare them.'),
    ).toBeVisible();
    for (const name of [
      'Choose aaaaaaa to compare',
      'Choose ccccccc to compare',
    ]) {
      await user.click(screen.getByRole('checkbox', { name }));
    }
    await user.click(
      screen.getByRole('button', { name: 'Compare the two chosen' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'From aaaaaaa to ccccccc' }),
    ).toBeVisible();
    expect(
      texts(await screen.findByRole('table', { name: /^Differences/ })),
    ).toEqual([
      'Old lineBeforeNew lineAfter',
      'Lines 5 → 5',
      '5 spec:5 spec:',
      '6-  replicas: 26+  replicas: 3',
      '7+  paused: no',
    ]);
    expect(api.diffsAsked).toEqual([
      { path, toRevision: 'c'.repeat(40) },
      { path, toRevision: 'c'.repeat(40), fromRevision: 'a'.repeat(40) },
    ]);
    expect(address()).toContain(
      `view=history&commit=${'c'.repeat(40)}&base=${'a'.repeat(40)}`,
    );
  });

  it('is there for a module as well, as far as one wants to see it', async () => {
    render(page, {
      commits: Array.from({ length: 60 }, (_, index) =>
        commit('d', `Step ${index}`, {
          commit: String(index).padStart(40, '0'),
        }),
      ),
    });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('treeitem', { name: 'checkout' }));
    const table = await screen.findByRole('table', {
      name: 'Commits of prod1/checkout',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(51);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(
      await screen.findByRole('button', { name: 'Step 59' }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('tells who changed each line', async () => {
    render(`${page}?file=${path}&view=blame`);
    const user = userEvent.setup();
    const table = await screen.findByRole('table', {
      name: `Commit of each line of ${path}`,
    });
    expect(texts(table)).toEqual([
      'CommitLineText',
      'Add checkout founder · 4d ago1apiVersion: apps/v1',
      '2kind: Deployment',
      '3metadata:',
      '4  name: checkout',
      '5spec:',
      'Scale checkout engineer · 1h ago6  replicas: 3',
    ]);
    await user.click(screen.getByRole('button', { name: 'Add checkout' }));
    expect(
      await screen.findByRole('heading', { name: 'What aaaaaaa changed' }),
    ).toBeVisible();
  });

  it.each([
    [undefined, 'No differences'],
    [{ binary: true }, 'A binary file: its bytes differ.'],
    [{ withheld: 'unparsable' }, /cannot be parsed/],
    [{ masked: 2 }, /those that changed have other numbers/],
    [{ oldMode: '100644', mode: '100755', hunks: [] }, 'Mode 100644 → 100755'],
    [{ status: 'renamed', oldPath: 'prod1/old.yaml' }, /from prod1\/old\.yaml/],
  ])('says of a diff with %j what there is to say', async (patch, expected) => {
    const [file] = createFakeFiles().filesWorld.diff.files;
    render(`${page}?file=${path}&view=history&commit=${'c'.repeat(40)}`, {
      diff: { truncated: false, files: patch ? [{ ...file, ...patch }] : [] },
    });
    expect(await screen.findByText(expected)).toBeVisible();
  });
});
