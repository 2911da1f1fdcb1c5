import { NotFoundError } from '@backstage/errors';
import type {
  Change,
  ChangePlan,
  ChangeRequest,
  Deployment,
  Diff,
  KindSchema,
  ListChanges,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';

type ChangeMethods = Pick<
  SlipwayApi,
  | 'planChange'
  | 'createChange'
  | 'listChanges'
  | 'getChange'
  | 'getChangeDiff'
  | 'listModuleDeployments'
  | 'getClusterSchema'
>;

/** What the backend would answer about changes; set it before a page asks. */
export interface ChangesWorld {
  plan: (request: ChangeRequest) => ChangePlan;
  /** What a request becomes. */
  create: (request: ChangeRequest) => Change;
  /** Newest first. */
  changes: Change[];
  diff: Diff;
  deployments: Deployment[];
  schemas: { [apiVersionAndKind: string]: KindSchema };
  /** Thrown instead of any answer. */
  failure?: Error;
}

function page<T>(items: T[], query: { cursor?: string; limit?: number }) {
  const start = Number(query.cursor ?? 0);
  const end = start + (query.limit ?? 50);
  return {
    items: items.slice(start, end),
    nextCursor: end < items.length ? String(end) : undefined,
  };
}

/** The part of the backend that is about changes, with what it was asked. */
export function createFakeChanges(): ChangeMethods & {
  changesWorld: ChangesWorld;
  planned: ChangeRequest[];
  created: ChangeRequest[];
  /** Each call of `listChanges`, as it was asked. */
  listed: Array<ListChanges['query']>;
} {
  const changesWorld: ChangesWorld = {
    plan: () => {
      throw new NotFoundError('No plan is set');
    },
    create: () => {
      throw new NotFoundError('No change is set');
    },
    changes: [],
    diff: { files: [], truncated: false },
    deployments: [],
    schemas: {},
  };
  const planned: ChangeRequest[] = [];
  const created: ChangeRequest[] = [];
  const listed: Array<ListChanges['query']> = [];
  const failIfTold = () => {
    if (changesWorld.failure) {
      throw changesWorld.failure;
    }
  };
  return {
    changesWorld,
    planned,
    created,
    listed,
    planChange: async (_configRepo, request) => {
      failIfTold();
      planned.push(request);
      return changesWorld.plan(request);
    },
    createChange: async (_configRepo, request) => {
      failIfTold();
      created.push(request);
      return changesWorld.create(request);
    },
    listChanges: async (query = {}) => {
      failIfTold();
      listed.push(query);
      const items = changesWorld.changes
        .map(({ summary }) => summary)
        .filter(
          ({ state, kind, title }) =>
            (!query.state?.length || query.state.includes(state)) &&
            (!query.kind?.length || query.kind.includes(kind)) &&
            title.includes(query.search ?? ''),
        );
      return { ...page(items, query), findings: [], sequence: 1 };
    },
    getChange: async id => {
      failIfTold();
      const change = changesWorld.changes.find(
        ({ summary }) => summary.id === id,
      );
      if (!change) {
        throw new NotFoundError(`There is no change ${id}`);
      }
      return change;
    },
    getChangeDiff: async () => {
      failIfTold();
      return changesWorld.diff;
    },
    listModuleDeployments: async (_ref, query = {}) => {
      failIfTold();
      return { ...page(changesWorld.deployments, query), sequence: 1 };
    },
    getClusterSchema: async (_cluster, { apiVersion, kind }) => {
      failIfTold();
      const schema = changesWorld.schemas[`${apiVersion} ${kind}`];
      if (!schema) {
        throw new NotFoundError(`There is no kind ${kind} in ${apiVersion}`);
      }
      return schema;
    },
  };
}
