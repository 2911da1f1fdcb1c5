import { useState } from 'react';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  Change,
  ChangePlan,
  FileConflict,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { commit } from '../../__testUtils__/fakeFiles';
import { FakeSlipwayApi } from '../../__testUtils__/FakeSlipwayApi';
import { ago } from '../../__testUtils__/fixtures';
import { slipwayApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { ReviewDrawer } from './ReviewDrawer';
import type { ReviewRequest } from './types';

const path = 'prod1/checkout/deployment.yaml';
const base = 'a'.repeat(40);
const theirsBase = 'd'.repeat(40);
const write: FileOperation = { type: 'write', path, text: 'replicas: 3', base };

function plan(patch: Partial<ChangePlan> = {}): ChangePlan {
  return {
    base: 'c'.repeat(40),
    digest: `v1:${'0'.repeat(64)}`,
    files: [
      {
        path,
        status: 'modified',
        environment: 'prod1',
        module: 'checkout',
        diff: {
          path,
          status: 'modified',
          binary: false,
          masked: 1,
          additions: 1,
          deletions: 1,
          hunks: [
            {
              oldStart: 1,
              oldLines: 1,
              newStart: 1,
              newLines: 1,
              lines: ['-replicas: 2', '+replicas: 3'],
            },
          ],
        },
      },
    ],
    findings: [],
    conflicts: [],
    touches: [
      {
        environment: 'prod1',
        module: 'checkout',
        stage: 'live',
        shared: false,
        targets: ['gd', 'hn', 'bj', 'sh', 'tj'].map(cluster => ({
          cluster,
          namespace: 'shop',
        })),
      },
    ],
    pruned: [],
    gate: { allowed: true, missing: [] },
    ...patch,
  };
}

function change(patch: Partial<Change['summary']> = {}): Change {
  return {
    summary: {
      id: 131,
      configRepo: 'shop',
      kind: 'edit',
      state: 'Following',
      since: ago(1_000),
      title: 'Update checkout in prod1',
      authorName: 'engineer',
      requestedAt: ago(2_000),
      files: 1,
      modules: [{ environment: 'prod1', module: 'checkout' }],
      ...patch,
    },
    message: 'Update checkout in prod1\n',
    files: [],
    targets: [],
    steps: [],
    attempts: [],
    sequence: 1,
  };
}

const overlapping: FileConflict = {
  path,
  clean: false,
  base: 'replicas: 2\n',
  mine: 'replicas: 3\n',
  theirs: 'replicas: 5\n',
  theirsBase,
  merged: '<<<<<<< mine\nreplicas: 3\n=======\nreplicas: 5\n>>>>>>> theirs\n',
  theirCommit: commit('d', 'Scale for the sale', { authorName: 'colleague' }),
};

const blocked = (code: string) => ({
  allowed: false,
  missing: [{ code, params: { count: '1', path } }],
});

interface Seen {
  settled: FileOperation[];
  dropped: string[];
  committed: number[];
  closed: number;
}

/** A page with drafts, as the files' pages are. */
function Host(props: { request: ReviewRequest; seen: Seen }) {
  const { seen } = props;
  const [request, setRequest] = useState(props.request);
  const [open, setOpen] = useState(true);
  const without = (gone: string) =>
    (request.operations ?? []).filter(operation => operation.path !== gone);
  return (
    <ReviewDrawer
      open={open}
      configRepo="shop"
      request={request}
      onClose={() => {
        seen.closed += 1;
        setOpen(false);
      }}
      onSettled={operation => {
        seen.settled.push(operation);
        setRequest({
          ...request,
          operations: [...without(operation.path), operation],
        });
      }}
      onDropped={dropped => {
        seen.dropped.push(dropped);
        setRequest({ ...request, operations: without(dropped) });
      }}
      onCommitted={({ summary }) => {
        seen.committed.push(summary.id);
        setRequest({ ...request, operations: [] });
      }}
    />
  );
}

function show(
  api: FakeSlipwayApi,
  request: ReviewRequest = { kind: 'edit', operations: [write] },
) {
  const seen: Seen = { settled: [], dropped: [], committed: [], closed: 0 };
  renderInTestApp(<Host request={request} seen={seen} />, {
    mountedRoutes: { '/slipway': rootRouteRef },
    apis: [[slipwayApiRef, api], mockApis.permission()],
  });
  return { seen, user: userEvent.setup() };
}

const dialog = (name = 'Review') => screen.findByRole('dialog', { name });
const commitButton = (name = 'Commit to main') =>
  screen.findByRole('button', { name });

describe('the review', () => {
  it('shows what a change does, takes its message, commits it once and follows it', async () => {
    const api = FakeSlipwayApi.create();
    const { changesWorld, created, planned } = api.changes;
    changesWorld.plan = () =>
      plan({
        pruned: [
          {
            apiVersion: 'v1',
            kind: 'Service',
            name: 'old',
            namespace: 'shop',
            environment: 'prod1',
          },
        ],
      });
    let answer: (value: Change) => void = () => {};
    api.createChange = async (_configRepo, request) => {
      created.push(request);
      return new Promise<Change>(resolve => {
        answer = resolve;
      });
    };
    changesWorld.changes = [change()];
    const { seen, user } = show(api);

    const review = within(await dialog());
    expect(
      await review.findByText('Plan is ready: 1 file, no errors.'),
    ).toBeInTheDocument();
    expect(planned).toEqual([{ kind: 'edit', operations: [write] }]);
    expect(review.getByText('Nothing stands in the way.')).toBeVisible();
    const files = within(review.getByRole('region', { name: 'Files' }));
    expect(files.getByText('modified')).toBeVisible();
    expect(files.getByText('+1 −1')).toBeVisible();
    expect(
      files.getByRole('table', { name: `Differences in ${path}` }),
    ).toHaveTextContent('replicas: 3');
    const touches = review.getByRole('table', {
      name: 'Modules that it touches',
    });
    expect(touches).toHaveTextContent(
      'checkout prod1livegd/shop, hn/shop, bj/shop and 2 more',
    );
    expect(
      review.getByRole('table', { name: 'Objects that go away' }),
    ).toHaveTextContent('Service/oldshopprod1');

    const message = review.getByRole('textbox', { name: /Message/ });
    expect(message).toHaveValue('Update checkout in prod1');
    await user.clear(message);
    expect(review.getByText('Write a message first.')).toBeVisible();
    expect(await commitButton()).toBeDisabled();
    await user.type(message, 'Scale checkout for the long weekend');

    await user.dblClick(await commitButton());
    expect(await commitButton()).toBeDisabled();
    expect(review.getByText('Committing')).toBeInTheDocument();
    answer(change());
    expect(
      await review.findByRole('region', { name: /131/ }),
    ).toBeInTheDocument();
    expect(created).toEqual([
      {
        kind: 'edit',
        operations: [write],
        message: 'Scale checkout for the long weekend',
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    expect(seen.committed).toEqual([131]);
    // The drafts are gone, and the drawer still shows what becomes of them.
    expect(planned).toHaveLength(1);
    await user.keyboard('{Escape}');
    expect(seen.closed).toBe(1);
  });

  it('shows errors first, each at its place, and does not let them through', async () => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.plan = () =>
      plan({
        findings: [
          { severity: 'warning', code: 'unknownKey', params: {}, file: path },
          {
            severity: 'error',
            code: 'duplicateKey',
            params: {},
            file: path,
            line: 3,
            column: 5,
          },
        ],
        gate: blocked('changeHasErrors'),
      });
    const { seen, user } = show(api);
    const review = within(await dialog());
    expect(
      await review.findByText('Plan is ready: 1 file, 1 error.'),
    ).toBeInTheDocument();
    const [, first] = within(
      review.getByRole('table', { name: 'Findings' }),
    ).getAllByRole('row');
    expect(first).toHaveTextContent('The same key is there twice.');
    expect(
      within(first).getByRole('link', { name: `${path}:3:5` }),
    ).toHaveAttribute(
      'href',
      `/slipway/environments/shop/prod1/files?repo=shop&file=${encodeURIComponent(
        path,
      )}&view=edit&line=3`,
    );
    expect(await commitButton()).toBeDisabled();
    expect(review.getByRole('alert')).toHaveTextContent(
      'It cannot be committed yet',
    );

    // Nothing typed, nothing asked; but words are not lost by a slip.
    await user.type(review.getByRole('textbox', { name: /Message/ }), '!');
    await user.keyboard('{Escape}');
    const question = await dialog('Leave without committing?');
    expect(seen.closed).toBe(0);
    await user.click(within(question).getByRole('button', { name: 'Leave' }));
    expect(seen.closed).toBe(1);
  });

  it('settles overlapping edits, and commits upon what the other side left', async () => {
    const api = FakeSlipwayApi.create();
    const { changesWorld, created, planned } = api.changes;
    changesWorld.plan = ({ operations }) =>
      operations?.[0].base === theirsBase
        ? plan()
        : plan({
            conflicts: [overlapping],
            files: [{ path, status: 'conflict' }],
            gate: blocked('conflict'),
          });
    changesWorld.create = () => change();
    changesWorld.changes = [change()];
    const { seen, user } = show(api);
    const review = within(await dialog());
    const card = within(await review.findByRole('region', { name: path }));
    expect(
      card.getByText(/Changed meanwhile by colleague: Scale for the sale/),
    ).toBeVisible();
    expect(await commitButton()).toBeDisabled();

    const result = await card.findByRole('textbox', {
      name: `Result for ${path}`,
    });
    expect(
      card.getByRole('textbox', { name: /^Theirs, against/ }),
    ).toHaveTextContent('replicas: 5');
    expect(card.getByText('Conflict 1 of 1')).toBeVisible();
    const settle = card.getByRole('button', { name: `Settle ${path}` });
    expect(settle).toBeDisabled();
    const here = within(
      card.getByRole('group', { name: /Settle the conflicts/ }),
    );
    await user.click(here.getByRole('button', { name: 'Take theirs' }));
    expect(card.getByText('No conflict is left.')).toBeVisible();
    expect(result).toHaveTextContent(/^replicas: 5$/);
    await user.click(settle);

    expect(await review.findByText('Nothing stands in the way.')).toBeVisible();
    expect(seen.settled).toEqual([
      { type: 'write', path, text: 'replicas: 5\n', base: theirsBase },
    ]);
    expect(planned).toHaveLength(2);
    await user.click(await commitButton());
    await waitFor(() => expect(seen.committed).toEqual([131]));
    expect(created[0].operations).toEqual(seen.settled);
  });

  it.each([
    [
      'edits that fit',
      { ...overlapping, clean: true, merged: 'both\n' },
      'Take both',
      { type: 'write', path, text: 'both\n', base: theirsBase },
    ],
    [
      'a file that is gone',
      { path, clean: false, mine: 'replicas: 3\n' },
      'Keep mine, as a new file',
      { type: 'write', path, text: 'replicas: 3' },
    ],
    [
      'a file that is gone',
      { path, clean: false, mine: 'replicas: 3\n' },
      'Drop mine',
      undefined,
    ],
    [
      'bytes',
      { path, clean: false, theirsBase },
      'Keep mine',
      { type: 'write', path, text: 'replicas: 3', base: theirsBase },
    ],
  ])('settles %s with one click', async (_, conflict, name, operation) => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.plan = () =>
      plan({ conflicts: [conflict], gate: blocked('conflict') });
    const { seen, user } = show(api);
    const card = within(await screen.findByRole('region', { name: path }));
    await user.click(card.getByRole('button', { name }));
    expect(seen.settled).toEqual(operation ? [operation] : []);
    expect(seen.dropped).toEqual(operation ? [] : [path]);
    // What is dropped leaves nothing to review; what is settled is reviewed again.
    await screen.findByRole('heading', {
      name: operation ? 'To settle' : 'Nothing to review',
    });
  });

  it('tells the words of a server that refuses, and asks under a new key', async () => {
    const api = FakeSlipwayApi.create();
    const { changesWorld, created } = api.changes;
    changesWorld.plan = () => plan();
    changesWorld.create = () =>
      change({
        state: 'Failed',
        reason: {
          code: 'pushRefused',
          params: { words: 'pre-receive: no commits on Fridays' },
        },
      });
    const { seen, user } = show(api);
    await user.click(await commitButton());
    expect(
      await screen.findByText(/pre-receive: no commits on Fridays/),
    ).toBeVisible();
    expect(screen.getByText(/Your changes are kept\./)).toBeVisible();
    await waitFor(async () => expect(await commitButton()).toBeEnabled());
    // The new plan knows nothing of that, and is not to contradict it.
    const allowed = 'Nothing stands in the way.';
    expect(screen.queryByText(allowed)).not.toBeInTheDocument();
    changesWorld.create = () => {
      throw new NotAllowedError('no');
    };
    await user.click(await commitButton());
    expect(await screen.findByText('Nothing was committed')).toBeVisible();
    await waitFor(async () => expect(await commitButton()).toBeEnabled());
    expect(screen.queryByText(allowed)).not.toBeInTheDocument();

    // No answer at all: the same request again is the same change.
    changesWorld.create = () => {
      throw new TypeError('Failed to fetch');
    };
    await user.click(await commitButton());
    expect(await screen.findByText(/never carried out twice/)).toBeVisible();
    await waitFor(async () => expect(await commitButton()).toBeEnabled());
    expect(screen.queryByText(allowed)).not.toBeInTheDocument();

    // Somebody was faster: planned again, with what there is to settle.
    changesWorld.create = () => {
      throw new ConflictError('moved');
    };
    changesWorld.plan = () =>
      plan({ conflicts: [overlapping], gate: blocked('conflict') });
    await user.click(await commitButton());
    expect(await screen.findByText('Someone else was faster')).toBeVisible();
    expect(
      await screen.findByRole('region', { name: path }),
    ).toBeInTheDocument();
    expect(screen.getByText('It cannot be committed yet')).toBeVisible();
    const keys = created.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys.slice(2)).toEqual([keys[1], keys[1]]);
    expect(seen.committed).toEqual([]);
  });

  it('asks a rollback for its reason, and keeps its settled files to itself', async () => {
    const api = FakeSlipwayApi.create();
    const { changesWorld, created } = api.changes;
    changesWorld.plan = ({ operations }) =>
      operations
        ? plan()
        : plan({ conflicts: [overlapping], gate: blocked('conflict') });
    changesWorld.create = () => change({ kind: 'rollback' });
    changesWorld.changes = [change()];
    const rollback = { change: 130 };
    const { seen, user } = show(api, { kind: 'rollback', rollback });
    const review = within(await dialog('Review what is rolled back'));
    const card = within(await review.findByRole('region', { name: path }));
    await user.click(card.getAllByRole('button', { name: 'Take theirs' })[0]);
    expect(await review.findByText('Nothing stands in the way.')).toBeVisible();
    expect(review.getByText('Say why first.')).toBeVisible();
    await user.type(
      review.getByRole('textbox', { name: /Reason/ }),
      'It broke the queue',
    );
    await user.click(await commitButton());
    await waitFor(() => expect(seen.committed).toEqual([131]));
    expect(created).toEqual([
      {
        kind: 'rollback',
        rollback,
        operations: [
          { type: 'write', path, text: 'replicas: 5\n', base: theirsBase },
        ],
        message: 'Undo change #130',
        reason: 'It broke the queue',
        idempotencyKey: expect.any(String),
      },
    ]);
    expect(seen.settled).toEqual([]);
  });

  it('says that it cannot plan, and tries again', async () => {
    const api = FakeSlipwayApi.create();
    api.changes.changesWorld.failure = new Error('The repository is away');
    const { user } = show(api);
    expect(await screen.findByText('The repository is away')).toBeVisible();
    expect(await commitButton()).toBeDisabled();
    api.changes.changesWorld.failure = undefined;
    api.changes.changesWorld.plan = () => plan();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing stands in the way.')).toBeVisible();
  });
});
