import type { CopyEngineManifestOptions } from '@slipway/backstage-plugin-slipway-node';
import { parseAllDocuments } from 'yaml';
import { copyFluxManifests } from './copyFluxManifests';

const place = (environment: string, cluster: string, namespace: string) => ({
  environment,
  module: 'web',
  path: `${environment}/web`,
  targets: [{ cluster, namespace }],
});

const TEXT = `# carries the shop
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: prod-1-web, namespace: flux-system }
spec: { url: https://git.example/shop.git, interval: 1m }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop-prod-1-web # unique
  namespace: flux-system
  labels: { environment: prod-1, module: web }
spec:
  interval: 10m
  path: ./prod-1/web
  prune: true
  dependsOn:
    - name: shop-prod-1-redis
    - name: crds
  sourceRef: { kind: GitRepository, name: shop }
  targetNamespace: shop
  components: [prod-1/webs]
`;

const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: redis, namespace: shop }
spec:
  interval: 10m
  releaseName: prod-1-redis
  chart:
    spec:
      chart: prod-1/web/chart
      valuesFiles: [./prod-1/web/values.yaml]
      sourceRef: { kind: GitRepository, name: shop }
`;

function copy(options: Partial<CopyEngineManifestOptions> = {}) {
  return copyFluxManifests({
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

describe('copyFluxManifests', () => {
  it('takes name, labels, paths, dependencies and namespace of the copy, and keeps the rest', () => {
    const { text = '', remarks } = copy();
    expect(remarks).toEqual([]);
    expect(text).toContain('# carries the shop\n');
    expect(text).toContain('name: shop-uat-web # unique');
    const [source, kustomization] = parsed(text);
    // What others share stays.
    expect(source.metadata.name).toBe('prod-1-web');
    expect(kustomization).toMatchObject({
      metadata: { labels: { environment: 'uat', module: 'web' } },
      spec: {
        path: './uat/web',
        prune: true,
        dependsOn: [{ name: 'shop-uat-redis' }, { name: 'crds' }],
        targetNamespace: 'shop-uat',
        components: ['prod-1/webs'],
      },
    });
    expect(kustomization.spec).not.toHaveProperty('kubeConfig');
  });

  it('takes a HelmRelease with its home, and leaves its source where that is', () => {
    const [release] = parsed(copy({ text: RELEASE }).text);
    expect(release).toMatchObject({
      metadata: { name: 'uat-redis', namespace: 'shop-uat' },
      spec: {
        releaseName: 'uat-redis',
        chart: {
          spec: {
            chart: 'uat/web/chart',
            valuesFiles: ['./uat/web/values.yaml'],
            sourceRef: { name: 'shop', namespace: 'shop' },
          },
        },
      },
    });
    expect(release.spec).not.toHaveProperty('targetNamespace');
  });

  it('goes to another cluster by the Secret that Flux has for it, or says that it knows none', () => {
    const to = place('uat', 'xj', 'shop');
    const known = (destination: object) => ({
      ...to,
      targets: [
        {
          ...to.targets[0],
          destination: { inCluster: false, ...destination },
        },
      ],
    });
    const remote = copy({ to: known({ name: 'kubeconfig-xj' }) });
    const kubeConfig = { secretRef: { name: 'kubeconfig-xj' } };
    expect(remote.remarks).toEqual([]);
    expect(parsed(remote.text)[1].spec).toMatchObject({ kubeConfig });
    const unknown = copy({ to });
    expect(unknown.remarks).toEqual([
      { code: 'copyDestinationUnknown', params: { cluster: 'xj' } },
    ]);
    const back = copy({ text: remote.text, to: known({ inCluster: true }) });
    expect(parsed(back.text)[1].spec).not.toHaveProperty('kubeConfig');
  });

  it.each([
    [undefined, 'copyEngineMissing', { module: 'web' }],
    ['kind: [', 'copyUnparsable', { message: expect.any(String) }],
    [
      RELEASE.replace(/spec:[^]*/, 'spec: none'),
      'copyUnparsable',
      { message: 'spec is no mapping' },
    ],
    [
      TEXT.replace('shop-prod-1-web', 'Shop_Web'),
      'copyNameInvalid',
      { name: 'uat-Shop_Web' },
    ],
  ])('makes none of %j', (text, code, params) => {
    expect(copy({ text })).toEqual({ remarks: [{ code, params }] });
  });
});
