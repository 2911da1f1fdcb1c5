import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readClusters } from './readClusters';

const read = (...clusters: JsonObject[]) =>
  readClusters(mockServices.rootConfig({ data: { slipway: { clusters } } }));

const auth = {
  type: 'serviceAccount',
  server: 'https://gd.example:6443',
  tokenFile: '/run/secrets/gd',
};
const gd = { name: 'gd', engines: ['argocd'], auth };

describe('readClusters', () => {
  it('reads every way to sign in, aliases and engine settings', () => {
    expect(readClusters(mockServices.rootConfig())).toEqual([]);
    const clusters = read(
      {
        ...gd,
        title: '广东',
        engines: ['argocd', 'flux'],
        aliases: ['guangdong', 'https://10.0.0.1:6443/'],
        argocd: { namespaces: ['argocd', 'edge'] },
      },
      {
        name: 'xj',
        engines: ['argocd'],
        auth: { type: 'kubeconfig', file: '/etc/xj.yaml', context: 'admin' },
      },
      { name: 'center', engines: ['argocd'], auth: { type: 'inCluster' } },
      {
        name: 'local',
        auth: {
          type: 'serviceAccount',
          server: 'http://127.0.0.1:1',
          token: 't',
        },
      },
      { name: 'remote', aliases: ['https://remote.example'] },
    );
    expect(clusters).toEqual([
      {
        name: 'gd',
        title: '广东',
        engines: ['argocd', 'flux'],
        aliases: ['guangdong', 'https://10.0.0.1:6443/'],
        auth,
        engineSettings: { argocd: { namespaces: ['argocd', 'edge'] } },
      },
      expect.objectContaining({
        auth: { type: 'kubeconfig', file: '/etc/xj.yaml', context: 'admin' },
      }),
      expect.objectContaining({ auth: { type: 'inCluster' } }),
      expect.objectContaining({ engines: [], engineSettings: {} }),
      expect.objectContaining({ auth: { type: 'none' } }),
    ]);
  });

  it('signs in by a client certificate, or as the Kubernetes plugin does', () => {
    const ca = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';
    const listed = {
      name: 'gd',
      url: 'https://gd.example:6443',
      authProvider: 'serviceAccount',
      serviceAccountToken: 's3cr3t',
      caData: Buffer.from(ca).toString('base64'),
    };
    const withPlugin = (cluster: JsonObject, kubernetes: JsonObject) =>
      readClusters(
        mockServices.rootConfig({
          data: {
            slipway: { clusters: [cluster] },
            kubernetes: {
              clusterLocatorMethods: [
                { type: 'catalog' },
                { type: 'config', clusters: [kubernetes] },
              ],
            },
          },
        }),
      )[0].auth;
    const plugin = { ...gd, auth: { type: 'kubernetesPlugin' } };
    expect(withPlugin(plugin, listed)).toEqual({
      type: 'serviceAccount',
      server: listed.url,
      token: 's3cr3t',
      ca,
    });
    expect(
      withPlugin(
        { ...plugin, name: 'x', auth: { ...plugin.auth, cluster: 'gd' } },
        { ...listed, caData: undefined, caFile: '/ca.pem' },
      ),
    ).toMatchObject({ caFile: '/ca.pem' });
    for (const [change, message] of [
      [{ name: 'other' }, 'is not there'],
      [{ authProvider: 'google' }, "signs in by 'google'"],
      [
        {
          authProvider: undefined,
          authMetadata: { 'kubernetes.io/auth-provider': 'aws' },
        },
        "signs in by 'aws'",
      ],
      [{ serviceAccountToken: undefined }, 'has no serviceAccountToken'],
      [{ url: 'http://gd' }, 'must be one that begins with https://'],
      [{ skipTLSVerify: true }, 'has skipTLSVerify'],
    ] as const) {
      expect(() => withPlugin(plugin, { ...listed, ...change })).toThrow(
        message,
      );
    }
    const certificate = {
      type: 'clientCertificate',
      server: 'https://gd',
      certFile: '/tls.crt',
      keyFile: '/tls.key',
    };
    expect(read({ ...gd, auth: certificate })[0].auth).toEqual(certificate);
    expect(() =>
      read({ ...gd, auth: { ...certificate, server: 'http://127.0.0.1' } }),
    ).toThrow('must begin with https://');
  });

  it.each<[string, JsonObject[]]>([
    [
      "slipway.clusters[0].name 'a/b' must be a DNS label",
      [{ ...gd, name: 'a/b' }],
    ],
    ["slipway.clusters[1].name 'gd' is used twice", [gd, gd]],
    [
      "slipway.clusters[0].engines names 'argocd' twice",
      [{ ...gd, engines: ['argocd', 'argocd'] }],
    ],
    [
      "slipway.clusters[0].engines[0] 'Argo CD' must name",
      [{ ...gd, engines: ['Argo CD'] }],
    ],
    [
      'slipway.clusters[0].auth is missing',
      [{ name: 'gd', engines: ['argocd'] }],
    ],
    [
      "slipway.clusters[0].auth.type 'oidc' is not known",
      [{ ...gd, auth: { type: 'oidc' } }],
    ],
    [
      "slipway.clusters[0].auth.server 'gd' must be a URL",
      [{ ...gd, auth: { ...auth, server: 'gd' } }],
    ],
    [
      'slipway.clusters[0].auth.server must not hold credentials',
      [{ ...gd, auth: { ...auth, server: 'https://a:b@gd' } }],
    ],
    [
      'slipway.clusters[0].auth.server must begin with https://',
      [{ ...gd, auth: { ...auth, server: 'http://gd.example' } }],
    ],
    [
      'slipway.clusters[0].auth must have either tokenFile or token',
      [{ ...gd, auth: { ...auth, token: 'x' } }],
    ],
    [
      'slipway.clusters[0].auth must have either tokenFile or token',
      [{ ...gd, auth: { type: 'serviceAccount', server: 'https://gd' } }],
    ],
    [
      'slipway.clusters[0].auth must not have both caFile and ca',
      [{ ...gd, auth: { ...auth, ca: 'x', caFile: 'y' } }],
    ],
    [
      'slipway.clusters[0].auth.ca must be a PEM certificate',
      [{ ...gd, auth: { ...auth, ca: '/etc/ca.pem' } }],
    ],
    ['slipway.clusters[0].engine is not known', [{ ...gd, engine: 'argocd' }]],
    [
      "slipway.clusters[1].aliases[0] 'gd' already stands for the cluster 'gd'",
      [gd, { ...gd, name: 'xj', aliases: ['gd'] }],
    ],
    [
      "slipway.clusters[1].aliases[0] 'https://A/' already stands for",
      [
        { ...gd, aliases: ['https://a'] },
        { ...gd, name: 'xj', aliases: ['https://A/'] },
      ],
    ],
    [
      "Missing required config value at 'slipway.clusters[0].auth.file'",
      [{ ...gd, auth: { type: 'kubeconfig' } }],
    ],
  ])('refuses: %s', (message, clusters) => {
    expect(() => read(...clusters)).toThrow(message);
  });
});
