import type { ConfigRepoReader } from '../../configRepos/ConfigRepoReader';
import type { ConfigRepoConfig } from '../../configRepos/types';
import type { SeenEngineObject } from '../../status/types';
import { DesiredReader } from './DesiredReader';

const url = 'https://git.example/shop.git';
const source = { repoUrl: url, path: 'dev/cart', recurse: false };

/** A config repo that counts how often its manifests are read. */
function repo() {
  let tree = 'tree-1';
  let reads = 0;
  const file = {
    path: 'dev/cart/a.yaml',
    entry: { name: 'a.yaml', mode: '100644', oid: 'a' },
  };
  const reader = {
    head: async () => ({
      snapshot: {
        commit: `commit of ${tree}`,
        rootTree: `root of ${tree}`,
        entry: (path: string) =>
          path === 'dev/cart' ? { mode: '40000', oid: tree } : undefined,
        files: () => [file],
      },
      git: {
        readBlob: async () => {
          reads += 1;
          return Buffer.from('apiVersion: v1\nkind: A\nmetadata: {name: a}\n');
        },
      },
    }),
  } as unknown as ConfigRepoReader;
  return {
    desired: DesiredReader.create({
      reader,
      configRepos: [{ name: 'shop', url, branch: 'main' } as ConfigRepoConfig],
    }),
    change: () => {
      tree = 'tree-2';
    },
    reads: () => reads,
  };
}

const delivering = (...sources: object[]) =>
  ({ sources } as unknown as SeenEngineObject);

describe('DesiredReader', () => {
  it('reads the manifests of a directory once for all that deliver it, and again when they differ', async () => {
    const { desired, change, reads } = repo();
    const ask = () => desired.read('shop', delivering(source));
    const answers = await Promise.all(Array.from({ length: 31 }, ask));
    expect(answers).toHaveLength(31);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        state: 'read',
        objects: [{ ref: { name: 'a' } }],
        commit: 'commit of tree-1',
      });
    }
    await ask();
    expect(reads()).toBe(1);

    await desired.read('shop', delivering({ ...source, exclude: 'b*' }));
    expect(reads()).toBe(2);
    change();
    expect(await ask()).toMatchObject({ commit: 'commit of tree-2' });
    expect(reads()).toBe(3);
  });
});
