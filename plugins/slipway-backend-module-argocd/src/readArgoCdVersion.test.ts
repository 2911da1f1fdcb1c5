import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ClusterConfig,
  KubernetesConnection,
} from '@slipway/backstage-plugin-slipway-node';
import { readArgoCdVersion } from './readArgoCdVersion';

const NAME = 'argocd-application-controller';

const path = (resource: string, namespace = 'argocd', name = NAME) =>
  `/apis/apps/v1/namespaces/${namespace}/${resource}/${name}`;

const workload = (image: string, labels = {}) => ({
  metadata: { name: NAME, resourceVersion: '1', labels },
  spec: { template: { spec: { containers: [{ image }] } } },
});

const released = workload('quay.io/argoproj/argocd:v3.5.7');
const unknown = (code: string, object: string) => ({
  engineVersionReason: { code: `engineVersion${code}`, params: { object } },
});

describe('readArgoCdVersion', () => {
  let answers: Record<string, unknown>;
  const server = http.createServer((request, response) => {
    const answer = answers[request.url!] ?? 404;
    if (answer === 'nothing') return;
    const status = typeof answer === 'number' ? answer : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(status === 200 ? answer : { kind: 'Status', status }),
    );
  });
  let url: string;

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function read(namespaces: string[], argocd = {}) {
    const cluster: ClusterConfig = {
      name: 'gd',
      engines: ['argocd'],
      aliases: [],
      auth: { type: 'serviceAccount', server: url },
      engineSettings: { argocd },
    };
    return readArgoCdVersion({
      cluster,
      connection: KubernetesConnection.fromClusterConfig(cluster),
      namespaces: new Set(namespaces),
      // As long as all of it may take.
      signal: AbortSignal.timeout(5_000),
    });
  }

  it.each<[string, unknown, object]>([
    ['its image', released, { engineVersion: 'v3.5.7' }],
    [
      'its image in a mirror, by digest as well',
      workload(
        `registry.example:5000/argocd:v3.6.0-rc1@sha256:${'0'.repeat(64)}`,
      ),
      { engineVersion: 'v3.6.0-rc1' },
    ],
    [
      'a label of its chart, where the image names none',
      workload('registry.example:5000/argocd', {
        'app.kubernetes.io/version': 'v3.4.1',
      }),
      { engineVersion: 'v3.4.1' },
    ],
    [
      'nothing that tells it',
      workload('registry.example/argocd:stable'),
      unknown('NotTold', `StatefulSet argocd/${NAME}`),
    ],
    ['no right', 403, unknown('Forbidden', `StatefulSet argocd/${NAME}`)],
    ['no controller', 404, unknown('NotFound', `StatefulSet argocd/${NAME}`)],
    ['a server in trouble', 503, {}],
  ])('reads %s', async (_, answer, expected) => {
    answers = { [path('statefulsets')]: answer };
    expect(await read([])).toEqual(expected);
  });

  it('looks where the Applications say, for a Deployment too, and tells those of several together', async () => {
    const older = workload('quay.io/argoproj/argocd:v3.4.0');
    answers = {
      [path('statefulsets', 'argocd-a')]: released,
      [path('deployments', 'argocd-b')]: older,
      [path('statefulsets', 'argocd-c', 'mine')]: older,
    };
    expect(await read(['argocd-a', 'argocd-b', 'gone'])).toEqual({
      engineVersion: 'v3.4.0, v3.5.7',
    });
    expect(await read(['argocd-c'], { controller: 'mine' })).toEqual({
      engineVersion: 'v3.4.0',
    });
    await expect(read([], { controller: '../secrets/x' })).rejects.toThrow(
      /controller in the argocd settings of the cluster "gd"/,
    );
  });

  it("asks Argo CD's own API first, where it is configured", async () => {
    answers = {
      '/api/version': { Version: 'v3.5.7+3f1a9b2' },
      [path('statefulsets')]: workload('argocd:v3.4.0'),
    };
    const api = { api: { url } };
    expect(await read(['argocd'], api)).toEqual({ engineVersion: 'v3.5.7' });
    answers['/api/version'] = 401;
    expect(await read(['argocd'], api)).toEqual({ engineVersion: 'v3.4.0' });
    // One that takes the question and says nothing is not waited for too long.
    answers['/api/version'] = 'nothing';
    expect(await read(['argocd'], api)).toEqual({ engineVersion: 'v3.4.0' });
  });
});
