import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ClusterAuth,
  ClusterConfig,
} from '@slipway/backstage-plugin-slipway-node';
import { warnOfSharedServers } from './warnOfSharedServers';

const cluster = (name: string, auth: ClusterAuth): ClusterConfig => ({
  name,
  auth,
  engines: ['argocd'],
  aliases: [],
  engineSettings: {},
});

const serviceAccount = (name: string, server: string) =>
  cluster(name, { type: 'serviceAccount', server, token: 'token' });

describe('warnOfSharedServers', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'slipway-shared-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  async function warningsOf(...clusters: ClusterConfig[]): Promise<string[]> {
    const warn = jest.fn();
    await warnOfSharedServers(clusters, { warn });
    return warn.mock.calls.map(([message]) => message);
  }

  it('names two clusters of one server, however they sign in and it is written', async () => {
    const file = join(directory, 'kubeconfig');
    await writeFile(
      file,
      JSON.stringify({
        clusters: [
          { name: 'c', cluster: { server: 'https://gd.example:443' } },
          { name: 'd', cluster: { server: 'https://hn.example' } },
        ],
        contexts: [
          { name: 'gd', context: { cluster: 'c' } },
          { name: 'hn', context: { cluster: 'd' } },
        ],
        'current-context': 'gd',
      }),
    );

    const warnings = await warningsOf(
      serviceAccount('gd', 'https://GD.example/'),
      serviceAccount('other', 'https://gd.example:6443'),
      cluster('again', { type: 'kubeconfig', file }),
      cluster('hn', { type: 'kubeconfig', file, context: 'hn' }),
    );

    expect(warnings).toEqual([
      "slipway.clusters[2].auth leads to the API server of the cluster 'gd' as well: what is on it will show under both 'gd' and 'again'",
    ]);
  });

  it('says nothing of what it cannot read, or need not', async () => {
    const file = join(directory, 'missing');
    expect(
      await warningsOf(
        cluster('a', { type: 'kubeconfig', file }),
        cluster('b', { type: 'kubeconfig', file }),
        cluster('c', { type: 'none' }),
        cluster('d', { type: 'none' }),
      ),
    ).toEqual([]);
  });
});
