import type { CopyEngineManifestOptions } from '@slipway/backstage-plugin-slipway-node';
import { parseAllDocuments } from 'yaml';
import { copyApplications } from './copyApplications';

const place = (environment: string, cluster: string, namespace: string) => ({
  environment,
  module: 'web',
  path: `${environment}/web`,
  targets: [{ cluster, namespace }],
});

const TEXT = `# carries the shop
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop-prod-1-web # unique
  namespace: argocd
  labels: { environment: prod-1, module: web }
spec:
  project: shop
  sources:
    - repoURL: https://git.example/shop.git
      path: prod-1/web
    - repoURL: https://charts.example
      chart: web
      helm: { valueFiles: [$values/prod-1/web/values.yaml, prod-1/webs] }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
  syncPolicy: { automated: { prune: true } }
`;

function copy(options: Partial<CopyEngineManifestOptions> = {}) {
  return copyApplications({
    text: TEXT,
    from: place('prod-1', 'gd', 'shop'),
    to: place('uat', 'gd', 'shop-uat'),
    repoUrl: 'https://git.example/shop.git',
    branch: 'main',
    ...options,
  });
}

const parsed = (text = '') =>
  parseAllDocuments(text).map(document => document.toJS());

describe('copyApplications', () => {
  it('takes name, labels, paths and namespace of the copy, and keeps the rest', () => {
    const { text, remarks } = copy();
    expect(remarks).toEqual([]);
    expect(text).toContain('# carries the shop\n');
    expect(text).toContain('name: shop-uat-web # unique');
    expect(parsed(text)).toMatchObject([
      {
        metadata: {
          labels: { environment: 'uat', module: 'web' },
          // Undoing the copy is to remove what it deployed.
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project: 'shop',
          sources: [
            { path: 'uat/web' },
            {
              helm: {
                valueFiles: ['$values/uat/web/values.yaml', 'prod-1/webs'],
              },
            },
          ],
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: 'shop-uat',
          },
          syncPolicy: { automated: { prune: true } },
        },
      },
    ]);
  });

  it('goes to another cluster as the engine knows it, or says that it does not', () => {
    const to = place('uat', 'xj', 'shop');
    const known = {
      ...to,
      targets: [
        { ...to.targets[0], destination: { name: 'xj-1', inCluster: false } },
      ],
    };
    expect(parsed(copy({ to: known }).text)[0].spec.destination).toEqual({
      name: 'xj-1',
      namespace: 'shop',
    });
    const unknown = copy({ to });
    expect(parsed(unknown.text)[0].spec.destination).toEqual({
      name: 'xj',
      namespace: 'shop',
    });
    expect(unknown.remarks).toEqual([
      { code: 'copyDestinationUnknown', params: { cluster: 'xj' } },
    ]);
  });

  it('gives what is hydrated a branch of its own, or says that it has none', () => {
    const hydrated = (syncSource: string, hydrateTo = '{}') => {
      const spec = `sourceHydrator:
    drySource: { repoURL: https://git.example/shop.git, path: prod-1/web }
    syncSource: ${syncSource}
    hydrateTo: ${hydrateTo}
`;
      const text = TEXT.replace(/sources:[^]*?(?=\s{2}destination)/, `${spec}`);
      const made = copy({ text });
      return { ...parsed(made.text)[0].spec.sourceHydrator, ...made };
    };
    const { drySource, syncSource, hydrateTo, remarks } = hydrated(
      '{ targetBranch: env/prod-1, path: web }',
      '{ targetBranch: env/prod-1-next }',
    );
    expect([drySource.path, syncSource, hydrateTo, remarks]).toEqual([
      'uat/web',
      { targetBranch: 'env/uat', path: 'web' },
      { targetBranch: 'env/uat-next' },
      [],
    ]);
    expect(hydrated('{ targetBranch: live, path: prod-1/web }')).toMatchObject({
      syncSource: { path: 'uat/web' },
      remarks: [],
    });
    expect(hydrated('{ targetBranch: live, path: web }').remarks).toEqual([
      { code: 'copyHydratedTogether', params: { branch: 'live' } },
    ]);
  });

  it('copies one Application for each target', () => {
    const two = TEXT.replace('shop-prod-1-web', 'prod-1-b')
      .replace('https://kubernetes.default.svc', 'https://xj')
      .replace('namespace: shop }', 'namespace: shop-b }');
    const targets = (suffix: string) => [
      { cluster: 'gd', namespace: `shop${suffix}` },
      { cluster: 'xj', namespace: `shop-b${suffix}` },
    ];
    const { text } = copy({
      text: `${TEXT}---\n${two}`,
      from: { ...place('prod-1', '', ''), targets: targets('') },
      to: { ...place('uat', '', ''), targets: targets('-uat') },
    });
    expect(
      parsed(text).map(one => [
        one.metadata.name,
        one.spec.destination.namespace,
      ]),
    ).toEqual([
      ['shop-uat-web', 'shop-uat'],
      ['uat-b', 'shop-b-uat'],
    ]);
  });

  it('makes a plain one where there is none', () => {
    const { text, remarks } = copy({ text: undefined });
    expect(remarks).toEqual([
      { code: 'copyEngineMissing', params: { module: 'web' } },
    ]);
    expect(parsed(text)).toMatchObject([
      {
        kind: 'Application',
        metadata: { name: 'uat-web', labels: { environment: 'uat' } },
        spec: { source: { path: 'uat/web' } },
      },
    ]);
  });

  it('says why there is none', () => {
    expect(copy({ text: 'a: [' })).toMatchObject({
      remarks: [{ code: 'copyUnparsable' }],
    });
    expect(copy({ to: place('测试', 'gd', 'test') })).toEqual({
      remarks: [{ code: 'copyNameInvalid', params: { name: 'shop-测试-web' } }],
    });
  });
});
