import type {
  ClusterConfig,
  EngineDestination,
} from '@slipway/backstage-plugin-slipway-node';
import { resolveDestination } from './resolveDestination';

const cluster = (
  name: string,
  server?: string,
  aliases: string[] = [],
): ClusterConfig => ({
  name,
  engines: ['argocd'],
  aliases,
  auth: server
    ? { type: 'serviceAccount', server, token: 'x' }
    : { type: 'inCluster' },
  engineSettings: {},
});

const clusters = [
  cluster('center', undefined, ['https://10.0.0.1:6443']),
  cluster('gd', 'https://gd.example/', ['guangdong', 'https://10.1.0.1']),
  cluster('gd-again', 'https://GD.example:443'),
  cluster('xj', 'https://xj.example:6443/k8s/clusters/c-1/'),
];

describe('resolveDestination', () => {
  it.each<[Partial<EngineDestination>, string, string | undefined]>([
    [{ inCluster: true }, 'gd', 'gd'],
    [{ inCluster: true, server: 'https://kubernetes.default.svc' }, 'xj', 'xj'],
    [{ server: 'https://kubernetes.default.svc' }, 'xj', 'xj'],
    [{ server: 'https://kubernetes.default.svc.cluster.local/' }, 'gd', 'gd'],
    [{ name: 'in-cluster' }, 'center', 'center'],
    [{ name: 'gd' }, 'center', 'gd'],
    [{ name: 'guangdong' }, 'center', 'gd'],
    [{ name: 'GD' }, 'center', undefined],
    [{ name: 'unheard-of' }, 'center', undefined],
    [{ server: 'https://gd.example' }, 'center', 'gd'],
    [{ server: 'https://GD.example:443/' }, 'center', 'gd'],
    [{ server: 'https://gd.example' }, 'gd-again', 'gd-again'],
    [{ server: 'https://10.1.0.1:443/' }, 'center', 'gd'],
    [{ server: 'https://10.0.0.1:6443/' }, 'gd', 'center'],
    [{ server: 'https://xj.example:6443/k8s/clusters/c-1' }, 'center', 'xj'],
    [{ server: 'https://xj.example:6443' }, 'center', undefined],
    [{ server: 'http://gd.example' }, 'center', undefined],
    [{ server: 'gd' }, 'center', undefined],
    [{ server: 'https://' }, 'center', undefined],
    [{}, 'center', undefined],
  ])('%j seen on %s is %s', (destination, on, expected) => {
    expect(
      resolveDestination({ inCluster: false, ...destination }, on, clusters),
    ).toBe(expected);
  });
});
