import type {
  Change,
  ChangeSummary,
  ChangeTarget,
  Deployment,
  Diff,
} from '@slipway/backstage-plugin-slipway-common';
import { ago } from './fixtures';

const MINUTE = 60_000;
const HEAD = '7be21f0c8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa';
const BASE = '3fe1c20d8a8f0c9f3f2d6a3c0a6c3e4c91b2d7aa';

export function changeTarget(patch: Partial<ChangeTarget> = {}): ChangeTarget {
  return {
    environment: 'prod2',
    module: 'checkout',
    cluster: 'xj',
    namespace: 'shop',
    state: 'Live',
    since: ago(MINUTE),
    ...patch,
  };
}

/** An edit that is live. `summary` is patched, the rest replaced. */
export function change(
  patch: Partial<Omit<Change, 'summary'>> & {
    summary?: Partial<ChangeSummary>;
  } = {},
): Change {
  const { summary, ...rest } = patch;
  return {
    message: 'Scale checkout to five\n\nThe sale begins on Monday.',
    base: BASE,
    commitUrl: `https://git.example/ops/shop/commit/${HEAD}`,
    files: [
      {
        path: 'prod2/checkout/deployment.yaml',
        status: 'modified',
        environment: 'prod2',
        module: 'checkout',
      },
    ],
    targets: [changeTarget()],
    steps: [
      { step: 'requested', at: ago(3 * MINUTE) },
      { step: 'pushing', at: ago(3 * MINUTE), milliseconds: 40 },
      { step: 'pushed', at: ago(3 * MINUTE), milliseconds: 1_840 },
      { step: 'live', at: ago(MINUTE), milliseconds: 2 * MINUTE },
    ],
    attempts: [
      {
        number: 1,
        base: BASE,
        commit: HEAD,
        at: ago(3 * MINUTE),
        result: 'pushed',
      },
    ],
    sequence: 1,
    ...rest,
    summary: {
      id: 131,
      configRepo: 'shop',
      kind: 'edit',
      state: 'Live',
      since: ago(MINUTE),
      title: 'Scale checkout to five',
      authorName: 'Engineer',
      requestedAt: ago(3 * MINUTE),
      commit: HEAD,
      files: 1,
      modules: [{ environment: 'prod2', module: 'checkout' }],
      ...summary,
    },
  };
}

export const changeDiff: Diff = {
  truncated: false,
  files: [
    {
      path: 'prod2/checkout/deployment.yaml',
      status: 'modified',
      additions: 1,
      deletions: 1,
      masked: 0,
      binary: false,
      hunks: [
        {
          oldStart: 1,
          oldLines: 2,
          newStart: 1,
          newLines: 2,
          lines: [' spec:', '-  replicas: 2', '+  replicas: 5'],
        },
      ],
    },
  ],
};

export function deployment(patch: Partial<Deployment> = {}): Deployment {
  return {
    id: 1,
    cluster: 'xj',
    namespace: 'shop',
    engineObject: {
      engine: 'argocd',
      cluster: 'centre',
      namespace: 'argocd',
      name: 'prod2-checkout',
    },
    phase: 'Succeeded',
    startedAt: ago(26 * 60 * MINUTE),
    finishedAt: ago(26 * 60 * MINUTE - 30_000),
    message: 'successfully synced (all tasks run)',
    revision: BASE,
    ...patch,
  };
}
