import { TestRepo } from '../git/testUtils/testRepo';
import { readRepoModel } from './readRepoModel';

const repoFile = (spec: string) => `
apiVersion: slipway.dev/v1alpha1
kind: ConfigRepo
metadata: { name: shop, title: 商城 }
spec: ${spec}
`;

const environmentFile = (name: string, spec: string) => `
apiVersion: slipway.dev/v1alpha1
kind: Environment
metadata: { name: ${name}, title: ${name} title }
spec: ${spec}
`;

async function read(
  files: Record<string, string | { mode: string; content: string }>,
) {
  const repo = await TestRepo.create([{ files }]);
  try {
    const git = await repo.open();
    const { snapshot } = await git.refresh({
      signal: new AbortController().signal,
    });
    return await readRepoModel({
      snapshot,
      head: await git.commitInfo(snapshot.commit),
      readBlob: oid => git.readBlob(oid),
      clusters: new Set(['gd']),
    });
  } finally {
    await repo.dispose();
  }
}

describe('readRepoModel', () => {
  it('joins what is declared with what the layout finds', async () => {
    const model = await read({
      '.slipway/repo.yaml': repoFile(
        `{ owner: 'group:default/shop', ignore: [apps], stages: [dev, live], engine: { kind: argocd, manifests: 'apps/{environment}-{module}.yaml' } }`,
      ),
      '.slipway/environments/prod1.yaml': environmentFile(
        'prod1',
        `{ targets: [{ cluster: gd, namespace: shop }, { cluster: mars, namespace: shop }], stage: live, modules: { checkout: { title: 结算 }, later: { description: to come } } }`,
      ),
      'prod1/checkout/a.yaml': '',
      'prod1/checkout/deep/b.yaml': '',
      'prod1/cart/a.yaml': '',
      'prod1/link': { mode: '120000', content: '/etc/passwd' },
      'sandbox/checkout/a.yaml': '',
      'apps/x/y.yaml': '',
      'README.md': '',
    });

    expect(model).toMatchObject({
      title: '商城',
      owner: 'group:default/shop',
      stages: ['dev', 'live'],
      findings: [],
    });
    expect(model.environments).toMatchObject([
      {
        name: 'prod1',
        managed: true,
        title: 'prod1 title',
        stage: 'live',
        path: 'prod1',
        files: 3,
        modules: [
          {
            name: 'cart',
            path: 'prod1/cart',
            manifest: 'apps/prod1-cart.yaml',
          },
          { name: 'checkout', title: '结算', objectId: expect.any(String) },
          { name: 'later', path: 'prod1/later', objectId: undefined },
        ],
        findings: [
          { code: 'targetClusterUnknown', params: { cluster: 'mars' } },
          { code: 'moduleFilesMissing', params: { module: 'later' } },
        ],
      },
      { name: 'sandbox', managed: false, targets: [], files: 1 },
    ]);
    expect(model.ignores('apps/x')).toBe(true);
  });

  it('lets a broken file break only what it describes', async () => {
    const model = await read({
      '.slipway/repo.yaml': repoFile('{ stages: [dev] }'),
      '.slipway/environments/dev.yaml': environmentFile(
        'dev',
        '{ targets: [{ cluster: gd, namespace: dev }], stage: dev }',
      ),
      '.slipway/environments/bad.yaml': 'kind: [\n',
      '.slipway/environments/notes.txt': 'not for us',
      'dev/a/a.yaml': '',
      'bad/a/a.yaml': '',
    });
    const [bad, dev] = [...model.environments].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    expect(dev).toMatchObject({ managed: true, stage: 'dev', findings: [] });
    expect(bad).toMatchObject({ managed: true, targets: [], title: undefined });
    expect(bad.findings[0]).toMatchObject({
      severity: 'error',
      file: '.slipway/environments/bad.yaml',
      line: expect.any(Number),
      column: expect.any(Number),
    });
  });

  it('says where repo.yaml is wrong, and takes no directory for an environment without it', async () => {
    const wrong = await read({
      '.slipway/repo.yaml': repoFile(
        `{ layouts: [{ path: '{environment}{module}' }], stages: 7 }`,
      ),
      'dev/a/a.yaml': '',
    });
    expect(wrong.findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        file: '.slipway/repo.yaml',
        line: 5,
      }),
    );

    const none = await read({ 'dev/a/a.yaml': '' });
    expect(none.environments).toEqual([]);
    expect(none.findings).toMatchObject([{ code: 'notDeclared' }]);
  });

  it('follows a module-first layout', async () => {
    const model = await read({
      '.slipway/repo.yaml': repoFile(
        `{ layouts: [{ path: 'components/{module}/overlays/{environment}' }] }`,
      ),
      'components/gateway/base/a.yaml': '',
      'components/gateway/overlays/prod/a.yaml': '',
      'components/logging/overlays/prod/a.yaml': '',
    });
    expect(model.environments).toMatchObject([
      {
        name: 'prod',
        path: 'components/{module}/overlays/prod',
        modules: [
          { name: 'gateway', path: 'components/gateway/overlays/prod' },
          { name: 'logging' },
        ],
      },
    ]);
  });
});
