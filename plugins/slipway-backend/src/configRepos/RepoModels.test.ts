import { TestRepo } from '../git/testUtils/testRepo';
import type { ConfigRepoGit } from '../git';
import type { RepoModel } from '../status/types';
import { readRepoModel } from './readRepoModel';
import { RepoModels } from './RepoModels';

const files = {
  '.slipway/repo.yaml':
    'apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: shop }\nspec: {}\n',
  '.slipway/environments/dev.yaml':
    'apiVersion: slipway.dev/v1alpha1\nkind: Environment\nmetadata: { name: dev }\nspec: { targets: [{ cluster: gd, namespace: dev }] }\n',
  'dev/cart/a.yaml': 'a: 1\n',
  'dev/web/a.yaml': 'a: 1\n',
  'live/cart/a.yaml': 'a: 1\n',
};

describe('RepoModels', () => {
  const clusters = new Set(['gd']);
  let repo: TestRepo;
  let git: ConfigRepoGit;
  let models: RepoModels;

  beforeEach(async () => {
    repo = await TestRepo.create([{ files, message: 'Begin' }]);
    git = await repo.open();
    models = RepoModels.create({ clusters });
  });
  afterEach(async () => repo.dispose());

  async function at(): Promise<RepoModel> {
    const { snapshot } = await git.refresh();
    return models.at(git, snapshot);
  }

  const plain = ({ commit, head, environments, findings }: RepoModel) => ({
    commit,
    head,
    environments,
    findings,
  });

  /** As it is when nothing was known before. */
  async function readAnew(): Promise<unknown> {
    const { snapshot } = await git.refresh();
    const {
      commit,
      authorName,
      at: when,
      subject,
    } = await git.commitInfo(snapshot.commit);
    const model = await readRepoModel({
      snapshot,
      head: { commit, authorName, at: when, subject },
      readBlob: oid => git.readBlob(oid),
      clusters,
    });
    return plain(model);
  }

  it('takes over what a commit did not change', async () => {
    const before = await at();
    expect(await at()).toBe(before);
    await repo.commit({ files: { 'dev/cart/a.yaml': 'a: 2\n' } });
    const after = await at();
    expect(plain(after)).toEqual(await readAnew());
    expect(after.structure).toBe(before.structure);
    expect(
      after.environments.filter((one, i) => one === before.environments[i]),
    ).toEqual([expect.objectContaining({ name: 'live' })]);
  });

  it.each([
    ['a file that came', { 'live/web/a.yaml': 'a: 1\n' }],
    ['a file that went', { 'dev/web/a.yaml': undefined }],
    ['a link', { 'dev/web/a.yaml': { mode: '120000', content: '../x' } }],
    [
      'a declaration',
      {
        '.slipway/environments/dev.yaml': files[
          '.slipway/environments/dev.yaml'
        ].replace('gd', 'away'),
      },
    ],
  ])('reads all anew for %s', async (_, changed) => {
    const before = await at();
    await repo.commit({ files: changed });
    const after = await at();
    expect(plain(after)).toEqual(await readAnew());
    expect(after.structure).not.toBe(before.structure);
  });

  it('shares one reading, and forgets one that failed', async () => {
    const { snapshot } = await git.refresh();
    const [one, other] = await Promise.all([
      models.at(git, snapshot),
      models.at(git, snapshot),
    ]);
    expect(other).toBe(one);

    await repo.commit({ files: { 'dev/cart/a.yaml': 'a: 3\n' } });
    const next = (await git.refresh()).snapshot;
    const away = jest
      .spyOn(git, 'commitInfo')
      .mockRejectedValueOnce(new Error('away'));
    await expect(models.at(git, next)).rejects.toThrow('away');
    away.mockRestore();
    expect((await models.at(git, next)).commit).toBe(next.commit);
  });
});
