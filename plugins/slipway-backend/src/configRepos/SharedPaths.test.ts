import { Layout } from '@slipway/backstage-plugin-slipway-common';
import { TestRepo } from '../git/testUtils/testRepo';
import type { ConfigRepoGit } from '../git';
import { KustomizationReader } from './shared/KustomizationReader';
import { SharedPaths } from './SharedPaths';

const { layout } = Layout.parse([{ path: '{environment}/{module}' }], {
  ignore: ['bases', 'components', 'docs', 'charts'],
});
const CART_DEV = { environment: 'dev', module: 'cart' };
const CART_LIVE = { environment: 'live', module: 'cart' };
const WEB = { environment: 'dev', module: 'web' };

const files = {
  'dev/cart/kustomization.yaml':
    'resources: [../../bases/cart, own.yaml]\ncomponents: [../../components/tls]\n',
  'dev/cart/own.yaml': 'a: 1\n',
  'live/cart/kustomization.yml':
    'resources:\n- ../../bases/cart\n- ../../bases/coming\n',
  // Deeper in the module, and not what its directory itself describes.
  'dev/web/overlay/Kustomization':
    'bases: [../../../bases/common]\npatches: [{ path: ../../../bases/patch.yaml }]\n',
  'bases/cart/kustomization.yaml': `resources: [../common, cart.yaml, https://example.org/x.yaml, ../../../out]
helmCharts: [{ name: redis, valuesFile: values.yaml }]
configMapGenerator: [{ name: a, files: [logo=logo.svg], envs: [plain.env] }]
secretGenerator: [{ name: a, envs: [secret.env], files: [tls.key=../keys/tls.key, secret.link] }]
`,
  'bases/cart/cart.yaml': 'a: 1\n',
  'bases/cart/unused.yaml': 'a: 1\n',
  'bases/cart/secret.link': { mode: '120000', content: 'secret.target' },
  'bases/cart/secret.target': 'x\n',
  'bases/keys/tls.key': 'x\n',
  'bases/common/kustomization.yaml': 'resources: [../cart, namespace.yaml]\n',
  'components/tls/kustomization.yaml':
    'kind: Component\ngenerators: [generator.yaml, ../more]\n',
  'components/tls/generator.yaml':
    'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: x}\nenvs: [made.env]\n',
  'components/more/kustomization.yaml': 'resources: [generator.yaml]\n',
  'components/more/generator.yaml':
    '---\nkind: SecretGenerator\nfiles:\n- made.key\n',
  'docs/kustomization.yaml':
    'secretGenerator:\n- files: [broken.key\n  envs: broken.env]\n- {',
  'docs/broken.key': 'x\n',
  'docs/guide.md': 'x\n',
  'charts/large/kustomization.yaml': `# ${'x'.repeat(300_000)}\n`,
  'charts/large/deep/key.pem': 'x\n',
};

describe('SharedPaths', () => {
  let repo: TestRepo;
  let git: ConfigRepoGit;
  let reader: KustomizationReader;
  let read: string[];

  beforeEach(async () => {
    repo = await TestRepo.create([{ files, message: 'Begin' }]);
    git = await repo.open();
    read = [];
    reader = new KustomizationReader({
      readBlob: async (oid, options) => {
        read.push(oid);
        return git.readBlob(oid, options);
      },
    });
  });
  afterEach(async () => repo.dispose());

  const shared = async () => {
    const { snapshot } = await git.refresh();
    return new SharedPaths(await reader.graphOf(snapshot), layout);
  };

  it('knows who builds on what, and what becomes a Secret', async () => {
    const { sharedBy, secretSource } = await shared();
    const carts = [CART_DEV, CART_LIVE];
    const all = [...carts.slice(0, 1), WEB, CART_LIVE];
    for (const [path, modules] of [
      ['bases/cart', all],
      ['bases/cart/kustomization.yaml', all],
      ['bases/cart/cart.yaml', all],
      ['bases/cart/values.yaml', all],
      ['bases/cart/logo.svg', all],
      ['bases/keys/tls.key', all],
      ['bases/common/namespace.yaml', all],
      ['bases/patch.yaml', [WEB]],
      ['components/tls/generator.yaml', [CART_DEV]],
      ['components/tls/made.env', [CART_DEV]],
      // Named and not there yet.
      ['bases/coming/kustomization.yaml', [CART_LIVE]],
      ['dev/cart/own.yaml', [CART_DEV]],
      ['bases/cart/unused.yaml', []],
      ['bases', []],
      ['docs/guide.md', []],
      ['out', []],
      ['', []],
    ] as const) {
      expect([path, sharedBy(path)]).toEqual([path, modules]);
    }
    for (const [path, way] of [
      ['bases/cart/secret.env', 'lines'],
      ['bases/keys/tls.key', 'content'],
      ['bases/cart/secret.link', 'content'],
      ['bases/cart/secret.target', 'content'],
      ['components/tls/made.env', 'lines'],
      ['components/tls/made.key', 'content'],
      // Their Kustomizations cannot be read.
      ['docs/broken.key', 'content'],
      ['charts/large/deep/key.pem', 'content'],
      ['docs/guide.md', undefined],
      ['bases/cart/plain.env', undefined],
      ['bases/cart/cart.yaml', undefined],
    ] as const) {
      expect([path, secretSource(path)]).toEqual([path, way]);
    }
  });

  it('reads again only what a commit changed, once for all who ask', async () => {
    const [first, same] = await Promise.all([shared(), shared()]);
    expect(first.sharedBy('bases/patch.yaml')).toEqual([WEB]);
    expect(same.sharedBy('bases/patch.yaml')).toEqual([WEB]);
    const once = read.length;
    expect(new Set(read).size).toBe(once);
    await shared();
    expect(read).toHaveLength(once);

    await repo.commit({
      files: {
        'dev/web/overlay/Kustomization': 'resources: [../../../bases/new]\n',
        'dev/web/overlay/x.yaml': 'a: 1\n',
      },
      message: 'Build on something else',
    });
    const { sharedBy } = await shared();
    expect(sharedBy('bases/patch.yaml')).toEqual([]);
    expect(sharedBy('bases/new/kustomization.yaml')).toEqual([WEB]);
    expect(sharedBy('bases/cart/cart.yaml')).toEqual([CART_DEV, CART_LIVE]);
    // The new text, and what is never kept: links and what is too large.
    expect(read.length - once).toBe(3);
  });

  it('reads nothing for a commit that changes what no Kustomization is made of', async () => {
    await shared();
    const once = read.length;
    await repo.commit({ files: { 'bases/cart/cart.yaml': 'a: 2\n' } });
    const { sharedBy } = await shared();
    expect(sharedBy('bases/cart/cart.yaml')).toContainEqual(CART_LIVE);
    expect(read).toHaveLength(once);

    // The file of a generator is made of something.
    await repo.commit({
      files: {
        'components/tls/generator.yaml':
          'kind: SecretGenerator\nmetadata: {name: x}\nenvs: [other.env]\n',
      },
    });
    const { secretSource } = await shared();
    expect(secretSource('components/tls/made.env')).toBeUndefined();
    expect(secretSource('components/tls/other.env')).toBe('lines');

    // So is where a link leads, and whether there is a file.
    await repo.commit({
      files: {
        'bases/cart/secret.link': { mode: '120000', content: 'cart.yaml' },
      },
    });
    expect((await shared()).secretSource('bases/cart/cart.yaml')).toBe(
      'content',
    );
  });

  it('lets one who asked go away, and asks again after a failure', async () => {
    const { snapshot } = await git.refresh();
    const gone = new AbortController();
    const left = reader.graphOf(snapshot, { signal: gone.signal });
    const stayed = reader.graphOf(snapshot);
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect((await stayed).secret('bases/cart/secret.env')).toBe('lines');

    let failing = true;
    const unsure = new KustomizationReader({
      readBlob: async (oid, options) => {
        if (failing) throw new Error('away');
        return git.readBlob(oid, options);
      },
    });
    await expect(unsure.graphOf(snapshot)).rejects.toThrow('away');
    failing = false;
    expect((await unsure.graphOf(snapshot)).secret('docs/broken.key')).toBe(
      'content',
    );
  });
});
