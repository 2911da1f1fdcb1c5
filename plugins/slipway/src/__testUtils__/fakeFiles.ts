import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Commit,
  Diff,
  FileContent,
  FileEntry,
  FilePage,
  SlipwayApi,
} from '@slipway/backstage-plugin-slipway-common';
import { ago } from './fixtures';

type FilesApi = Pick<
  SlipwayApi,
  | 'listFiles'
  | 'searchFiles'
  | 'readFile'
  | 'listHistory'
  | 'blameFile'
  | 'getDiff'
>;

export interface FilesWorld {
  files: Array<FileEntry & Partial<FileContent> & { text?: string }>;
  environments: FilePage['environments'];
  /** Newest first. */
  commits: Commit[];
  diff: Diff;
  /** Thrown instead of any answer. */
  failure?: Error;
}

const HOUR = 3_600_000;

export function commit(
  digit: string,
  subject: string,
  patch: Partial<Commit> = {},
): Commit {
  return {
    commit: digit.repeat(40),
    parents: [],
    authorName: 'engineer',
    at: ago(3 * HOUR),
    subject,
    message: `${subject}\n`,
    trailers: [],
    ...patch,
  };
}

const deployment = (replicas: number) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  replicas: ${replicas}\n`;

export function file(
  environment: string,
  module: string,
  name: string,
  patch: Partial<FilesWorld['files'][number]> = {},
): FilesWorld['files'][number] {
  return {
    configRepo: 'shop',
    environment,
    module,
    path: `${environment}/${module}/${name}`,
    oid: 'b'.repeat(40),
    mode: '100644',
    ...patch,
  };
}

const world = (): FilesWorld => ({
  environments: ['prod1', 'prod2'].map(name => ({
    configRepo: 'shop',
    name,
    modules: ['cart', 'checkout'],
  })),
  files: [
    file('prod1', 'cart', 'kustomization.yaml', {
      text: 'resources:\n  - ../../base\n',
    }),
    file('prod1', 'checkout', 'deployment.yaml', { text: deployment(3) }),
    file('prod1', 'checkout', 'overlays/blue/patch.json', {
      text: '{"spec": {"replicas": 5}}\n',
    }),
    file('prod1', 'checkout', 'secret.yaml', {
      text: 'kind: Secret\ndata:\n  password: ⟪masked:1⟫\n',
      masked: 1,
    }),
    file('prod1', 'checkout', 'broken.yaml', {
      withheld: 'unparsable',
      text: undefined,
    }),
    file('prod1', 'checkout', 'logo.png', { binary: true }),
    file('prod2', 'checkout', 'deployment.yaml', { text: deployment(5) }),
  ],
  commits: [
    commit('c', 'Scale checkout', {
      at: ago(HOUR),
      trailers: [{ key: 'Approved-by', value: 'release' }],
      change: 131,
    }),
    commit('b', 'Name the probes'),
    commit('a', 'Add checkout', { authorName: 'founder', at: ago(99 * HOUR) }),
  ],
  diff: {
    truncated: false,
    files: [
      {
        path: 'prod1/checkout/deployment.yaml',
        status: 'modified',
        binary: false,
        masked: 0,
        additions: 2,
        deletions: 1,
        hunks: [
          {
            oldStart: 5,
            oldLines: 2,
            newStart: 5,
            newLines: 3,
            lines: [
              ' spec:',
              '-  replicas: 2',
              '+  replicas: 3',
              '+  paused: no',
            ],
          },
        ],
      },
    ],
  },
});

function page<T>(items: T[], cursor: string | undefined, limit: number) {
  const start = Number(cursor ?? 0);
  const end = start + limit;
  return {
    items: items.slice(start, end),
    nextCursor: end < items.length ? String(end) : undefined,
  };
}

/** Files of config repos in memory, as the backend answers about them. `diffsAsked` holds every diff that was asked for. */
export function createFakeFiles(patch: Partial<FilesWorld> = {}): FilesApi & {
  filesWorld: FilesWorld;
  diffsAsked: Array<Parameters<SlipwayApi['getDiff']>[1]>;
} {
  const filesWorld = { ...world(), ...patch };
  const diffsAsked: Array<Parameters<SlipwayApi['getDiff']>[1]> = [];
  const failIfTold = () => {
    if (filesWorld.failure) {
      throw filesWorld.failure;
    }
  };
  const inScope = (query: {
    configRepo?: string[];
    environment?: string[];
    module?: string[];
  }) =>
    filesWorld.files.filter(
      entry =>
        (!query.configRepo || query.configRepo.includes(entry.configRepo)) &&
        (!query.environment || query.environment.includes(entry.environment)) &&
        (!query.module || query.module.includes(entry.module)),
    );
  const find = (path: string) => {
    const found = filesWorld.files.find(entry => entry.path === path);
    if (!found) {
      throw new NotFoundError(`No file ${path}`);
    }
    return found;
  };

  return {
    filesWorld,
    diffsAsked,
    listFiles: async (query = {}) => {
      failIfTold();
      const words = (query.search ?? '').toLocaleLowerCase().split(/\s+/);
      const found = inScope(query).filter(({ path }) =>
        words.every(word => path.toLocaleLowerCase().includes(word)),
      );
      return {
        ...page(found, query.cursor, query.limit ?? 200),
        total: found.length,
        environments: filesWorld.environments.filter(
          ({ name }) => !query.environment || query.environment.includes(name),
        ),
        findings: [],
        sequence: 1,
      };
    },
    searchFiles: async query => {
      failIfTold();
      if (query.text.length < 2) {
        throw new InputError('text must have at least 2 characters');
      }
      const items = inScope(query).flatMap(entry =>
        (entry.text ?? '').split('\n').flatMap((text, index) => {
          const column = text.indexOf(query.text);
          return column < 0
            ? []
            : [{ ...entry, line: index + 1, column: column + 1, text }];
        }),
      );
      return { items, truncated: false };
    },
    readFile: async (configRepo, query) => {
      failIfTold();
      const entry = find(query.path);
      return {
        binary: false,
        masked: 0,
        size: entry.text?.length ?? 2_048,
        commit: filesWorld.commits[0].commit,
        forgeUrl: `https://git.example/ops/${configRepo}/blob/${query.path}`,
        lastChange: filesWorld.commits[0],
        place: {
          type: 'module',
          environment: entry.environment,
          module: entry.module,
          touches: [{ environment: entry.environment, module: entry.module }],
        },
        ...entry,
      };
    },
    listHistory: async (_configRepo, query) => {
      failIfTold();
      return page(filesWorld.commits, query.cursor, query.limit ?? 50);
    },
    blameFile: async (_configRepo, query) => {
      failIfTold();
      const [newest, , oldest] = filesWorld.commits;
      const lines = (find(query.path).text ?? '').split('\n').slice(0, -1);
      return {
        path: query.path,
        commit: newest.commit,
        lines: lines.map((_, index) =>
          index === lines.length - 1 ? newest.commit : oldest.commit,
        ),
        commits: [newest, oldest],
      };
    },
    getDiff: async (_configRepo, query) => {
      failIfTold();
      diffsAsked.push(query);
      return filesWorld.diff;
    },
  };
}
