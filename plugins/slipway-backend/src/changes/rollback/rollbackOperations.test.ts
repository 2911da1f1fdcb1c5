import { Layout, type Finding } from '@slipway/backstage-plugin-slipway-common';
import {
  blobObject,
  editTree,
  type ConfigRepoGit,
  type Snapshot,
} from '../../git';
import type { CommitSpec } from '../../git/testUtils/fastImport';
import { TestRepo } from '../../git/testUtils/testRepo';
import { planEdits } from '../plan/planEdits';
import { rollbackOperations } from './rollbackOperations';
import type { RollbackOperationsOptions } from './types';

const { layout } = Layout.parse([{ path: '{environment}/{module}' }]);
const BINARY = Buffer.from([0, 1, 2, 0xff]);
const ALL = () => true;

const secret = (value: string, label = '1') =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  l: ${label}\n  a: 1\n  b: 2\ndata:\n  p: ${value}\n  q: a2VlcA==\n`;

describe('rollbackOperations', () => {
  let repo: TestRepo;
  let git: ConfigRepoGit;
  let snapshot: Snapshot;

  afterEach(() => repo.dispose());

  /** Makes one commit after the other; the answer is their ids, the first being the oldest. */
  async function history(...commits: Array<CommitSpec['files']>) {
    repo = await TestRepo.create(commits.map(files => ({ files })));
    git = await repo.open();
    snapshot = (await git.refresh()).snapshot;
    return (await repo.git('rev-list', '--reverse', 'main')).split('\n');
  }

  const roll = (
    rollback: RollbackOperationsOptions['rollback'],
    options: Partial<RollbackOperationsOptions> = {},
  ) =>
    rollbackOperations({
      rollback,
      repo: {
        git,
        snapshot,
        model: {
          commit: snapshot.commit,
          head: { commit: '', authorName: '', at: '', subject: '' },
          stages: [],
          layout,
          environments: [],
          findings: [],
          copyRules: [],
          ignores: () => false,
          structure: {},
        },
      },
      mayRead: ALL,
      readBlob: oid => git.readBlob(oid),
      ...options,
    });
  const undo = (
    commit: string,
    options: Partial<RollbackOperationsOptions> = {},
  ) => roll({ change: 7 }, { change: { commit }, ...options });
  const codes = (findings: Finding[]) => findings.map(({ code }) => code);

  /** The head with the operations carried out, as a map, and what stops them. */
  async function outcome({
    operations,
  }: Awaited<ReturnType<typeof rollbackOperations>>) {
    const planned = await planEdits({
      snapshot,
      operations,
      readBlob: oid => git.readBlob(oid),
    });
    const contents = new Map(
      planned.objects.map(({ oid, data }) => [oid, data]),
    );
    const files: Record<string, string> = {};
    for (const { path, entry } of editTree(snapshot, planned.edits).tree.files(
      '',
    )) {
      if (!entry.mode.startsWith('100')) continue;
      const data = contents.get(entry.oid) ?? (await git.readBlob(entry.oid));
      files[path] = `${entry.mode === '100755' ? '*' : ''}${data.toString(
        'latin1',
      )}`;
    }
    return {
      files,
      conflicts: planned.conflicts,
      statuses: Object.fromEntries(
        planned.files.map(({ path, status }) => [path, status]),
      ),
    };
  }

  it('makes a file, a directory and a module again what they were', async () => {
    const [first, second] = await history(
      {
        'dev/web/a.yaml': 'a: 1\r\n',
        'dev/web/run': { mode: '100755', content: 'x' },
        'dev/web/logo.png': BINARY,
        'dev/web/swap/x': 'x',
        'dev/web/link': { mode: '120000', content: 'a.yaml' },
        'dev/db/a.yaml': 'db: 1\n',
      },
      {
        'dev/web/a.yaml': 'a: 2\n',
        'dev/web/run': { mode: '100644', content: 'x' },
        'dev/web/logo.png': Buffer.from([0]),
        'dev/web/new/b.yaml': 'b: 1\n',
        'dev/db/a.yaml': 'db: 2\n',
      },
      { 'dev/web/a.yaml': 'a: 3\n' },
    );

    const module = await roll({
      environment: 'dev',
      module: 'web',
      revision: first,
    });
    expect(module.findings).toEqual([
      {
        severity: 'warning',
        code: 'rollbackDropsCommits',
        params: { count: '2', path: 'dev/web' },
      },
    ]);
    expect(await outcome(module)).toEqual({
      files: {
        'dev/web/a.yaml': 'a: 1\r\n',
        'dev/web/run': '*x',
        'dev/web/logo.png': BINARY.toString('latin1'),
        'dev/web/swap/x': 'x',
        'dev/db/a.yaml': 'db: 2\n',
      },
      conflicts: [],
      statuses: {
        'dev/web/a.yaml': 'modified',
        'dev/web/run': 'modified',
        'dev/web/logo.png': 'modified',
        'dev/web/new/b.yaml': 'deleted',
      },
    });

    const file = await roll({ path: 'dev/web/a.yaml', revision: second });
    expect(file.findings[0].params).toMatchObject({ count: '1' });
    expect((await outcome(file)).files).toMatchObject({
      'dev/web/a.yaml': 'a: 2\n',
      'dev/web/logo.png': '\0',
    });
    expect(await roll({ path: 'dev', revision: snapshot.commit })).toEqual({
      operations: [],
      findings: [],
    });
  });

  it('brings back what was removed, and refuses links and what nobody may read', async () => {
    const [first, , third] = await history(
      { 'dev/web/a': 'a\n', 'prod/web/a': 'p\n', 'dev/x/a': 'a\n' },
      { 'dev/web/a': undefined, 'prod/web/a': 'q\n' },
      { 'dev/x/l': { mode: '120000', content: '/etc/passwd' } },
      { 'dev/x/l': undefined },
    );
    const removed = await roll({
      environment: 'dev',
      module: 'web',
      revision: first,
    });
    expect((await outcome(removed)).files['dev/web/a']).toBe('a\n');

    const link = await roll({ path: 'dev/x', revision: third });
    expect(link).toMatchObject({
      operations: [],
      findings: [
        { code: 'rollbackDropsCommits' },
        { code: 'rollbackLink', severity: 'error', file: 'dev/x/l' },
      ],
    });

    // The same answer for what is not there and for what may not be read, in part as well.
    const onlyDev = { mayRead: (path: string) => path.startsWith('dev') };
    const hidden = roll({ path: 'prod/web/a', revision: first }, onlyDev);
    const none = roll({ path: 'prod/web/b', revision: first }, onlyDev);
    const said = async (call: Promise<unknown>) =>
      call.then(String, error => String(error).replace('/b"', '/a"'));
    expect(await said(hidden)).toMatch(/^NotFoundError: There is no "prod/);
    expect(await said(none)).toBe(await said(hidden));
    await expect(
      undo(await repo.git('rev-parse', 'main~2'), onlyDev),
    ).rejects.toMatchObject({ name: 'NotFoundError' });

    const away = await repo.commit({
      ref: 'refs/heads/away',
      orphan: true,
      files: { 'dev/web/a': 'from elsewhere' },
    });
    for (const [rollback, name] of [
      [{ path: 'dev/web/a', revision: away }, 'NotFoundError'],
      [{ path: 'dev/web/a', revision: 'f'.repeat(40) }, 'NotFoundError'],
      [{ path: '../a', revision: first }, 'InputError'],
      [{ path: 'dev/web/a' }, 'InputError'],
      [{ path: 'a', change: 1, revision: first }, 'InputError'],
      [{ path: 'a', environment: 'dev', revision: first }, 'InputError'],
      [{}, 'InputError'],
      [{ change: 7 }, 'ConflictError'],
    ] as const) {
      await expect(roll(rollback)).rejects.toMatchObject({ name });
    }
    await expect(undo(away)).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('takes back a change and keeps what came after it', async () => {
    const lines = (one: string, nine: string) =>
      `${one}\n2\n3\n4\n5\n6\n7\n8\n${nine}\n`;
    const [, change] = await history(
      {
        'dev/web/same': 'before\n',
        'dev/web/merged': lines('1', '9'),
        'dev/web/overlaps': 'a\n',
        'dev/web/gone': 'gone\n',
        'dev/web/gone2': 'gone2\n',
        'dev/web/old': lines('1', '9'),
        'dev/web/mode': { mode: '100755', content: 'm\n' },
        'dev/web/image': BINARY,
        'dev/web/undone': 'u\n',
      },
      {
        'dev/web/same': 'after\n',
        'dev/web/merged': lines('one', '9'),
        'dev/web/overlaps': 'b\n',
        'dev/web/gone': undefined,
        'dev/web/gone2': undefined,
        'dev/web/old': undefined,
        'dev/web/new': lines('1', '9'),
        'dev/web/created': 'c\n',
        'dev/web/created2': 'c\n',
        'dev/web/mode': { mode: '100644', content: 'm\n' },
        'dev/web/image': Buffer.from([0, 1]),
        'dev/web/undone': 'v\n',
      },
      {
        'dev/web/merged': lines('one', 'nine'),
        'dev/web/overlaps': 'c\n',
        'dev/web/gone2': 'someone else\n',
        'dev/web/new': lines('1', 'nine'),
        'dev/web/created2': 'edited\n',
        'dev/web/mode': { mode: '100644', content: 'edited\n' },
        'dev/web/image': Buffer.from([0, 2]),
        'dev/web/undone': 'u\n',
      },
    );
    const undone = await undo(change);
    expect(undone.undoes).toBe(7);
    expect(
      undone.findings.map(({ code, file }) => `${code} ${file}`).sort(),
    ).toEqual(
      ['merged', 'mode', 'old'].map(name => `rollbackMerged dev/web/${name}`),
    );
    const { statuses, conflicts } = await outcome(undone);
    expect(statuses).toEqual({
      'dev/web/same': 'modified',
      'dev/web/merged': 'modified',
      'dev/web/overlaps': 'conflict',
      'dev/web/gone': 'created',
      'dev/web/gone2': 'conflict',
      'dev/web/old': 'renamed',
      'dev/web/created': 'deleted',
      'dev/web/created2': 'conflict',
      'dev/web/mode': 'modified',
      'dev/web/image': 'conflict',
    });
    const overlap = conflicts.find(({ path }) => path === 'dev/web/overlaps');
    expect(overlap).toMatchObject({
      base: 'b\n',
      mine: 'a\n',
      theirs: 'c\n',
      theirsBase: blobObject(Buffer.from('c\n')).oid,
      clean: false,
    });

    // What overlaps is settled by the person, nothing else.
    const settled = await undo(change, {
      settled: [
        ...conflicts.map(({ path, theirsBase }) =>
          path === 'dev/web/created2'
            ? { type: 'delete' as const, path, base: theirsBase }
            : {
                type: 'write' as const,
                path,
                content: Buffer.from('settled\n'),
                base: theirsBase,
              },
        ),
      ],
    });
    expect((await outcome(settled)).files).toEqual({
      'dev/web/same': 'before\n',
      'dev/web/merged': lines('1', 'nine'),
      'dev/web/overlaps': 'settled\n',
      'dev/web/gone': 'gone\n',
      'dev/web/gone2': 'settled\n',
      'dev/web/old': lines('1', 'nine'),
      'dev/web/mode': '*edited\n',
      'dev/web/image': 'settled\n',
      'dev/web/undone': 'u\n',
    });
    await expect(
      undo(change, { settled: [{ type: 'delete', path: 'prod/x' }] }),
    ).rejects.toThrow(/'prod\/x' is not part of this rollback/);
  });

  it('takes back a rename with an edit, and the first commit', async () => {
    const [first, change] = await history(
      { 'dev/web/a': '1\n2\n3\n4\n5\n', 'dev/web/t': 't' },
      { 'dev/web/a': undefined, 'dev/web/b': 'one\n2\n3\n4\n5\n' },
      { 'dev/web/b': 'ONE\n2\n3\n4\n5\n' },
    );
    const renamed = [{ from: 'dev/web/a', to: 'dev/web/b' }];
    const { conflicts } = await outcome(
      await undo(change, { change: { commit: change, renamed } }),
    );
    expect(conflicts).toMatchObject([
      { path: 'dev/web/a', mine: '1\n2\n3\n4\n5\n', clean: false },
    ]);
    const settled = await undo(change, {
      change: { commit: change, renamed },
      settled: [
        {
          type: 'write',
          path: 'dev/web/a',
          content: Buffer.from('uno\n'),
          base: conflicts[0].theirsBase,
        },
      ],
    });
    expect((await outcome(settled)).files).toEqual({
      'dev/web/a': 'uno\n',
      'dev/web/t': 't',
    });
    expect((await outcome(await undo(first))).statuses).toEqual({
      'dev/web/t': 'deleted',
    });
  });

  it('merges secret values as they are, and shows none', async () => {
    const [first, change] = await history(
      { s: secret('b2xk'), t: secret('b2xk') },
      { s: secret('bmV3'), t: secret('bmV3') },
      { s: secret('bmV3', '2'), t: secret('b3RoZXI=') },
    );
    const undone = await undo(change);
    expect(codes(undone.findings)).toEqual([
      'rollbackMerged',
      'rollbackSecretStays',
    ]);
    const merged = undone.operations.find(({ path }) => path === 's');
    expect(merged?.content?.toString()).toBe(secret('b2xk', '2'));
    const { conflicts } = await outcome(undone);
    expect(conflicts).toHaveLength(1);
    expect(JSON.stringify([conflicts, undone.findings])).not.toMatch(
      /b2xk|bmV3|b3RoZXI|a2VlcA/,
    );
    const whole = await roll({ path: 's', revision: first });
    expect((await outcome(whole)).files.s).toBe(secret('b2xk'));
  });
});
