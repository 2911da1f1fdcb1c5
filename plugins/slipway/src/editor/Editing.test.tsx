import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type {
  Change,
  ChangePlan,
} from '@slipway/backstage-plugin-slipway-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeFiles } from '../__testUtils__/fakeFiles';
import { FakeSlipwayApi } from '../__testUtils__/FakeSlipwayApi';
import { ago } from '../__testUtils__/fixtures';
import { address, renderSlipway } from '../__testUtils__/renderSlipway';

const page = '/slipway/environments/shop/prod1/files';
const path = 'prod1/checkout/deployment.yaml';
const oid = 'b'.repeat(40);

const plan: ChangePlan = {
  base: 'c'.repeat(40),
  digest: `v1:${'0'.repeat(64)}`,
  files: [{ path, status: 'modified' }],
  findings: [],
  conflicts: [],
  touches: [],
  pruned: [],
  gate: { allowed: true, missing: [] },
};

const committed: Change = {
  summary: {
    id: 7,
    configRepo: 'shop',
    kind: 'edit',
    state: 'Following',
    since: ago(1_000),
    title: 'Scale',
    authorName: 'engineer',
    requestedAt: ago(2_000),
    files: 1,
    modules: [],
  },
  message: 'Scale\n',
  files: [],
  targets: [],
  steps: [],
  attempts: [],
  sequence: 1,
};

function filesApi() {
  const api = Object.assign(FakeSlipwayApi.create(), createFakeFiles());
  api.changes.changesWorld.plan = () => plan;
  api.changes.changesWorld.create = () => committed;
  api.changes.changesWorld.changes = [committed];
  return api;
}

/** Types over what is in the editor, as a person who selected it all. */
async function typeText(name: string, change: (before: string) => string) {
  const content = await screen.findByRole('textbox', { name: `Edit ${name}` });
  const view = EditorView.findFromDOM(content)!;
  const before = view.state.doc.toString();
  act(() => {
    view.dispatch({
      changes: { from: 0, to: before.length, insert: change(before) },
    });
  });
  fireEvent.blur(content);
  return content;
}

function draftBar() {
  return screen.findByRole('region', { name: 'Draft of shop' });
}

describe('a draft of files', () => {
  it('is typed, survives a reload, is reviewed and committed', async () => {
    const api = filesApi();
    const before = renderSlipway({ at: `${page}?file=${path}`, api });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('tab', { name: 'Edit' }));
    expect(address()).toContain('view=edit');
    const content = await typeText(path, text => text.replace('3', '5'));
    expect(content).toHaveAccessibleDescription(/Esc, then Tab leaves/);

    expect(within(await draftBar()).getByText('1 file changed')).toBeVisible();
    expect(screen.getByText('Your draft changes this file.')).toBeVisible();
    expect(
      screen.getByRole('treeitem', { name: 'deployment.yaml, modified' }),
    ).toBeVisible();
    before.unmount();

    renderSlipway({
      at: `${page}?file=${path}&view=edit`,
      api,
      keepStorage: true,
    });
    expect(
      await screen.findByRole('textbox', { name: `Edit ${path}` }),
    ).toHaveTextContent('replicas: 5');
    const bar = await draftBar();
    await user.click(within(bar).getByRole('button', { name: 'Review' }));
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(api.changes.planned).toHaveLength(1));
    expect(api.changes.planned[0].operations).toEqual([
      expect.objectContaining({
        type: 'write',
        path,
        base: oid,
        text: expect.stringContaining('replicas: 5'),
      }),
    ]);
    expect(api.changes.planned[0].operations?.[0]).not.toHaveProperty('at');
    await user.click(
      await within(dialog).findByRole('button', { name: /^Commit/ }),
    );
    await waitFor(() =>
      expect(screen.queryByText('1 file changed')).not.toBeInTheDocument(),
    );
    expect(api.changes.created).toHaveLength(1);
    expect(
      Object.keys(window.localStorage).filter(key => key.includes('draft')),
    ).toEqual([]);
  });

  it('ends by itself when the text is as it was, and on request', async () => {
    renderSlipway({ at: `${page}?file=${path}&view=edit`, api: filesApi() });
    const user = userEvent.setup();
    await typeText(path, text => `${text}# more\n`);
    await draftBar();
    await typeText(path, text => text.replace('# more\n', ''));
    await waitFor(() =>
      expect(screen.queryByText('1 file changed')).not.toBeInTheDocument(),
    );

    await typeText(path, () => 'other');
    const bar = await draftBar();
    await user.click(within(bar).getByRole('button', { name: 'Discard' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Discard the draft?',
    });
    await user.click(within(dialog).getByRole('button', { name: 'Discard' }));
    await waitFor(() =>
      expect(
        screen.getByRole('textbox', { name: `Edit ${path}` }),
      ).toHaveTextContent('replicas: 3'),
    );
    expect(screen.queryByText('1 file changed')).not.toBeInTheDocument();
  });

  it('creates, moves, deletes and restores files', async () => {
    const api = filesApi();
    renderSlipway({ at: `${page}?file=${path}`, api });
    const user = userEvent.setup();
    const create = await screen.findByRole('button', { name: 'New file' });
    await waitFor(() => expect(create).toBeEnabled());
    expect(screen.getByText('New files go to prod1/checkout')).toBeVisible();
    await user.click(create);
    const name = await screen.findByRole('textbox', {
      name: /Path in prod1\/checkout/,
    });
    await user.type(name, 'deployment.yaml');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'There is a file or a folder already.',
    );
    await user.clear(name);
    await user.type(name, 'jobs/../x');
    expect(screen.getByRole('alert')).toHaveTextContent('No part of the path');
    await user.clear(name);
    // The whole path does as well.
    await user.type(name, 'prod1/checkout/jobs/migrate.yaml');
    expect(
      screen.getByText(/^The file will be prod1\/checkout\/jobs\/migrate.yaml/),
    ).toBeVisible();
    await user.clear(name);
    await user.type(name, 'jobs/migrate.yaml{Enter}');
    await typeText('prod1/checkout/jobs/migrate.yaml', () => 'kind: Job\n');
    expect(
      await screen.findByRole('treeitem', { name: 'migrate.yaml, created' }),
    ).toBeVisible();
    expect(screen.queryByRole('tab', { name: 'Blame' })).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Rename or move' }));
    const moved = await screen.findByRole('textbox', { name: /Path in/ });
    await user.clear(moved);
    await user.type(moved, 'migrate.yaml{Enter}');
    await waitFor(() =>
      expect(address()).toContain('file=prod1/checkout/migrate.yaml'),
    );

    await user.click(screen.getByRole('treeitem', { name: 'deployment.yaml' }));
    await user.click(
      await screen.findByRole('button', { name: 'Rename or move' }),
    );
    await user.type(
      await screen.findByRole('textbox', { name: /Path in/ }),
      '.old{Enter}',
    );
    expect(
      await screen.findByText(`Your draft moves this file here from ${path}.`),
    ).toBeVisible();

    await user.click(screen.getByRole('treeitem', { name: 'secret.yaml' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await user.click(
      within(
        await screen.findByRole('dialog', {
          name: 'Delete prod1/checkout/secret.yaml?',
        }),
      ).getByRole('button', { name: 'Delete' }),
    );
    const bar = await draftBar();
    expect(within(bar).getByText('3 files changed')).toBeVisible();
    await user.click(within(bar).getByRole('button', { name: 'Review' }));
    await waitFor(() =>
      expect(
        api.changes.planned
          .at(-1)
          ?.operations?.map(operation => [
            operation.type,
            operation.path,
            operation.from,
            operation.base,
          ]),
      ).toEqual([
        ['rename', `${path}.old`, path, oid],
        ['write', 'prod1/checkout/migrate.yaml', undefined, undefined],
        ['delete', 'prod1/checkout/secret.yaml', undefined, oid],
      ]),
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await user.click(
      await screen.findByRole('treeitem', { name: 'secret.yaml, deleted' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('2 files changed')).toBeVisible();
    expect(screen.getByRole('treeitem', { name: 'secret.yaml' })).toBeVisible();
  });

  it('takes uploads, by choice and by dropping them on a folder', async () => {
    const api = filesApi();
    renderSlipway({ at: `${page}?file=${path}`, api });
    const user = userEvent.setup();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Upload' })).toBeEnabled(),
    );
    const huge = new File([], 'huge.bin');
    Object.defineProperty(huge, 'size', { value: 10_000_000 });
    await user.upload(screen.getByLabelText('Upload', { selector: 'input' }), [
      new File(['a: 1\r\n'], 'values.yaml'),
      new File([new Uint8Array([0, 1])], 'logo.png'),
      huge,
    ]);
    expect(
      await screen.findByText('2 files are in your draft, in prod1/checkout.'),
    ).toBeVisible();
    expect(
      screen.getByText('huge.bin has 10 MB or more, which is refused.'),
    ).toBeVisible();

    const folder = screen.getByRole('treeitem', { name: 'cart' });
    const dataTransfer = {
      types: ['Files'],
      files: [new File(['b'], 'dropped.txt')],
    };
    fireEvent.dragOver(folder, { dataTransfer });
    fireEvent.drop(folder, { dataTransfer });
    expect(
      await screen.findByText('1 file is in your draft, in prod1/cart.'),
    ).toBeVisible();

    const bar = await draftBar();
    await user.click(within(bar).getByRole('button', { name: 'Files' }));
    expect(
      within(bar)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'prod1/cart/dropped.txt + created',
      'prod1/checkout/logo.png ● modified',
      'prod1/checkout/values.yaml + created',
    ]);
    await user.click(within(bar).getByText('prod1/checkout/logo.png'));
    expect(
      await screen.findByText('It has 2 bytes and no text to edit.'),
    ).toBeVisible();
  });

  it('says when someone else changed the file, and shows what', async () => {
    const api = filesApi();
    renderSlipway({ at: `${page}?file=${path}&view=edit`, api });
    const user = userEvent.setup();
    await typeText(path, () => 'mine\n');
    await draftBar();
    const entry = api.filesWorld.files.find(file => file.path === path)!;
    Object.assign(entry, { oid: 'd'.repeat(40), text: 'theirs\n' });
    fireEvent.focus(window);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Someone else changed this file since you began.',
    );
    expect(
      screen.getByRole('textbox', { name: `Edit ${path}` }),
    ).toHaveTextContent('mine');
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    expect(
      await screen.findByRole('region', { name: 'What someone else changed' }),
    ).toBeVisible();
    expect(api.diffsAsked).toEqual([
      { path, fromRevision: api.filesWorld.commits[0].commit },
    ]);
  });

  it.each([
    ['logo.png', 'A binary file has no text to edit.', true],
    ['broken.yaml', 'The file may hold secret values', true],
    ['link', 'Links are never followed, nor written.', false],
    ['huge.yaml', 'Files over 1 MiB are too large', true],
  ])('does not take edits of %s, and says why', async (name, why, upload) => {
    const api = filesApi();
    const [known] = api.filesWorld.files;
    const directory = 'prod1/checkout';
    api.filesWorld.files.push(
      { ...known, path: `${directory}/link`, mode: '120000', text: '../x' },
      { ...known, path: `${directory}/huge.yaml`, size: 1_100_000 },
    );
    renderSlipway({ at: `${page}?file=${directory}/${name}&view=edit`, api });
    expect(await screen.findByText(why, { exact: false })).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Replace by upload' }) !== null,
    ).toBe(upload);
  });

  it('explains masked values, and passes them only as a whole', async () => {
    renderSlipway({
      at: `${page}?file=prod1/checkout/secret.yaml&view=edit`,
      api: filesApi(),
      language: 'zh',
    });
    const content = await screen.findByRole('textbox', {
      name: '编辑 prod1/checkout/secret.yaml',
    });
    expect(screen.getByText(/代表该文件中的一个密文值/)).toBeVisible();
    const view = EditorView.findFromDOM(content)!;
    const text = view.state.doc.toString();
    const end = text.indexOf('⟫') + 1;
    const start = text.indexOf('⟪');
    const past = view.moveByChar(EditorSelection.cursor(end), false);
    expect(past.head).toBe(start);
    expect(text.slice(start, end)).toBe('⟪masked:1⟫');
    expect(content.querySelector('.cm-masked')).toHaveAttribute('title');
  });

  it('is offered only to those who may change the environment', async () => {
    renderSlipway({
      at: `${page}?file=${path}&view=edit`,
      api: filesApi(),
      mayChange: false,
    });
    const panel = await screen.findByRole('region', { name: path });
    expect(
      await within(panel).findByText(
        'To change files here you need slipway.change.create.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('tab', { name: 'Edit' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: /^Edit/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    expect(screen.getByRole('button', { name: 'New file' })).toBeDisabled();
  });
});

describe('a file of before', () => {
  it('is reached from the history, and compared with what is deployed', async () => {
    const api = filesApi();
    const revision = 'a'.repeat(40);
    api.world.modules = api.world.modules.map(module => ({
      ...module,
      environment: 'prod1',
      states: module.states.map(state => ({
        ...state,
        appliedRevision: revision,
      })),
    }));
    renderSlipway({ at: `${page}?file=${path}&view=history`, api });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'View the file at aaaaaaa' }),
    );
    expect(address()).toContain(`revision=${revision}`);
    expect(
      await screen.findByText(/This is the file as it was at aaaaaaa/),
    ).toBeVisible();
    expect(screen.queryByRole('tab', { name: 'Edit' })).toBeNull();
    await user.click(
      screen.getByRole('button', { name: 'Back to the branch head' }),
    );
    await user.click(await screen.findByRole('tab', { name: 'Compare' }));
    await user.click(
      await screen.findByRole('button', { name: /Compare with/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: 'Deployed (xj) · aaaaaaa' }),
    );
    await screen.findByRole('table', { name: /^Differences in/ });
    expect(api.diffsAsked).toEqual([{ path, fromRevision: revision }]);
    expect(address()).toContain('view=compare&deployed=xj');
  });
});
