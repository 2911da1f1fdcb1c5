import type { EnvironmentCopy } from '@slipway/backstage-plugin-slipway-common';
import fc from 'fast-check';
import { planEdits } from '../changes/plan/planEdits';
import { rollbackOperations } from '../changes/rollback';
import { compareTexts } from '../comparison/compareTexts';
import { readRepoModel } from '../configRepos/readRepoModel';
import {
  commitObject,
  editTree,
  type ConfigRepoGit,
  type Snapshot,
} from '../git';
import type { CommitSpec } from '../git/testUtils/fastImport';
import { TestRepo } from '../git/testUtils/testRepo';
import { planCopy } from './planCopy';

jest.setTimeout(120_000);

const environment = (name: string, namespace: string) =>
  `apiVersion: slipway.dev/v1alpha1\nkind: Environment\nmetadata: { name: ${name} }\nspec: { targets: [{ cluster: gd, namespace: ${namespace} }] }\n`;
const BASE: CommitSpec['files'] = {
  '.slipway/repo.yaml':
    'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: shop }\nspec: { layouts: [{ path: "envs/{environment}/{module}" }, { path: "tags/{environment}/{module}.yaml" }] }\n',
  '.slipway/environments/prod.yaml': environment('prod', 'shop'),
};
const COPY: EnvironmentCopy = {
  source: 'prod',
  target: { name: 'uat', targets: [{ cluster: 'gd', namespace: 'shop-uat' }] },
};

describe('planCopy', () => {
  let repo: TestRepo;
  let git: ConfigRepoGit;

  afterEach(() => repo.dispose());

  async function plan(files: CommitSpec['files'], copy: EnvironmentCopy) {
    repo = await TestRepo.create([{ files: { ...BASE, ...files } }]);
    git = await repo.open();
    const { snapshot } = await git.refresh();
    return planAt(snapshot, copy);
  }

  async function planAt(snapshot: Snapshot, copy: EnvironmentCopy) {
    const model = await readRepoModel({
      snapshot,
      head: await git.commitInfo(snapshot.commit),
      readBlob: oid => git.readBlob(oid),
      clusters: new Set(['gd']),
    });
    const planned = await planCopy({
      copy,
      repo: {
        snapshot,
        model,
        shared: { sharedBy: () => [], secretSource: () => undefined } as never,
      },
      repoUrl: repo.server.url('shop.git'),
      branch: 'main',
      policy: 'refuse',
      engine: {
        objects: [],
        async *managing() {
          yield [];
        },
        readsThisRepo: () => true,
        resolveCluster: () => undefined,
      },
      mayRead: () => true,
      readBlob: oid => git.readBlob(oid),
    });
    return { ...planned, snapshot, model };
  }

  it('takes links that stay inside, refuses those that lead out, and leaves submodules', async () => {
    const link = (content: string) => ({ mode: '120000', content });
    const { plan: planned, operations } = await plan(
      {
        'envs/prod/cart/a.yaml': 'a: 1\n',
        'envs/prod/cart/sub/in': link('../a.yaml'),
        'envs/prod/cart/out': link('../web/a.yaml'),
        'envs/prod/cart/around': link('../cart/a.yaml'),
        'envs/prod/cart/root': link('/etc/passwd'),
        'envs/prod/cart/run.sh': { mode: '100755', content: '#!/bin/sh\n' },
        'envs/prod/cart/vendor': { mode: '160000', content: '1'.repeat(40) },
        'envs/prod/cart/logo.png': Buffer.from([0, 1, 2, 255]),
        'tags/prod/web.yaml': 'image: a\n',
      },
      { ...COPY, rules: [] },
    );
    expect(
      planned.files.map(({ path, status, remarks }) =>
        [path, status, ...remarks.map(({ code }) => code)].join(' '),
      ),
    ).toEqual([
      '.slipway/environments/uat.yaml created',
      'envs/uat/cart/a.yaml verbatim',
      'envs/uat/cart/around refused copyLinkOutside',
      'envs/uat/cart/logo.png verbatim copyBinary',
      'envs/uat/cart/out refused copyLinkOutside',
      'envs/uat/cart/root refused copyLinkOutside',
      'envs/uat/cart/run.sh verbatim',
      'envs/uat/cart/sub/in verbatim copyLink',
      'envs/uat/cart/vendor leftOut copySubmodule',
      'tags/uat/web.yaml verbatim',
    ]);
    // Whole or not at all.
    expect(operations).toEqual([]);

    const { snapshot } = await git.refresh();
    const rest = await planAt(snapshot, {
      ...COPY,
      rules: [],
      excludedFiles: ['around', 'out', 'root'].map(
        name => `envs/prod/cart/${name}`,
      ),
    });
    const { edits } = await planEdits({
      snapshot,
      operations: rest.operations,
      readBlob: oid => git.readBlob(oid),
    });
    const { tree } = editTree(snapshot, edits);
    const modeAt = (path: string) => tree.entry(`envs/uat/cart/${path}`)?.mode;
    expect(modeAt('sub/in')).toBe('120000');
    expect(modeAt('run.sh')).toBe('100755');
    expect(modeAt('vendor')).toBeUndefined();
  });

  it('re-uses directories as they are', async () => {
    const { operations, snapshot } = await plan(
      {
        'envs/prod/cart/a.yaml': 'a: 1\n',
        'envs/prod/cart/sub/b.yaml': 'b: 1\n',
      },
      { ...COPY, rules: [] },
    );
    const { edits, objects } = await planEdits({
      snapshot,
      operations,
      readBlob: oid => git.readBlob(oid),
    });
    const { tree } = editTree(snapshot, edits);
    expect(tree.entry('envs/uat/cart')?.oid).toBe(
      snapshot.entry('envs/prod/cart')?.oid,
    );
    // The description of the environment is all that is new.
    expect(objects).toHaveLength(1);
  });

  it('says which rules match nothing, or everything', async () => {
    const { plan: planned } = await plan(
      { 'envs/prod/cart/a.yaml': 'a: x\nb: y\n' },
      {
        ...COPY,
        rules: [
          { type: 'host', from: 'shop.example.com', to: 'uat.example.com' },
          { type: 'text', from: '.*', to: 'z' },
        ],
      },
    );
    expect(planned.rules.map(({ problem }) => problem?.code)).toEqual([
      'ruleMatchesNothing',
      'ruleMatchesEverything',
    ]);
  });

  it('makes what differs by exactly the values that were rewritten, and is undone to the very tree', async () => {
    const manifest = fc
      .record({
        kind: fc.constantFrom('ConfigMap', 'Namespace', 'Service'),
        name: fc.constantFrom('a', 'b', 'shop'),
        namespace: fc.constantFrom('shop', 'other', undefined),
        values: fc.array(
          fc.constantFrom(
            'shop',
            'web.shop.svc',
            'www.example.com',
            'https://www.example.com/x',
            'x.www.example.com',
            '3',
            'yes',
            'a: b',
          ),
          { maxLength: 4 },
        ),
      })
      .map(({ kind, name, namespace, values }) =>
        [
          'apiVersion: v1',
          `kind: ${kind} # kind`,
          'metadata:',
          `  name: ${name}`,
          ...(namespace ? [`  namespace: "${namespace}"`] : []),
          'data:',
          '  other: {}',
          ...values.map((value, at) => `  k${at}: ${JSON.stringify(value)}`),
          '',
        ].join('\n'),
      );
    const files = fc.dictionary(
      fc.constantFrom('cart/a.yaml', 'cart/b.yaml', 'web/sub/c.yaml'),
      manifest,
      { minKeys: 1 },
    );
    await fc.assert(
      fc.asyncProperty(files, async content => {
        const at = Object.fromEntries(
          Object.entries(content).map(([path, text]) => [
            `envs/prod/${path}`,
            text,
          ]),
        );
        const {
          operations,
          plan: planned,
          snapshot,
        } = await plan(at, {
          ...COPY,
          rules: [
            { type: 'namespace', from: 'shop', to: 'shop-uat' },
            { type: 'host', from: 'www.example.com', to: 'uat.example.com' },
          ],
        });
        const before = snapshot.rootTree;
        const { edits, objects } = await planEdits({
          snapshot,
          operations,
          readBlob: oid => git.readBlob(oid),
        });
        const { tree, objects: trees } = editTree(snapshot, edits);
        const person = { name: 'Ann', email: 'ann@example.org' };
        const now = new Date(1_800_000_000_000);
        const commit = commitObject({
          tree: tree.rootTree,
          parents: [snapshot.commit],
          author: person,
          authorAt: now,
          committer: person,
          committerAt: now,
          message: 'Copy',
        });
        await git.push({
          from: snapshot.commit,
          to: commit.oid,
          tree,
          objects: [...objects, ...trees, commit],
        });
        const after = (await git.refresh()).snapshot;

        const textAt = async (path: string) =>
          (await git.readBlob(after.entry(path)!.oid)).toString('utf8');
        const found: string[] = [];
        const told: string[] = [];
        for (const file of planned.files) {
          if (file.type !== 'file') continue;
          const left = await textAt(file.from!);
          const right = await textAt(file.path);
          const compared = compareTexts(left, right, () => true);
          if (compared.type !== 'compared') throw new Error(compared.type);
          const { differences } = compared;
          // An object that is called otherwise is another one, and gone on the other side.
          const renamed = differences.some(({ path }) => path === '');
          const count = renamed ? file.values : differences.length;
          found.push(`${file.path} ${count} ${left === right}`);
          told.push(
            `${file.path} ${file.values} ${file.status === 'verbatim'}`,
          );
        }
        expect(found).toEqual(told);

        const undone = await rollbackOperations({
          rollback: { change: 1 },
          repo: { git, snapshot: after, model: await modelAt(after) },
          change: { commit: commit.oid },
          mayRead: () => true,
          readBlob: oid => git.readBlob(oid),
        });
        const undo = await planEdits({
          snapshot: after,
          operations: undone.operations,
          readBlob: oid => git.readBlob(oid),
        });
        expect(editTree(after, undo.edits).tree.rootTree).toBe(before);
        await repo.dispose();
      }),
      { numRuns: 12 },
    );
  });

  async function modelAt(snapshot: Snapshot) {
    return (await planAt(snapshot, { ...COPY, target: { name: 'x' } })).model;
  }
});
