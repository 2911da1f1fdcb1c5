import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Kubectl } from '../testUtils/kubectl';
import { DemoCluster } from './DemoCluster';

const APPLICATION = `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: redis
  labels: {team: middleware}
spec:
  project: default
  source: {repoURL: https://git.example.com/devops.git, path: devops-test-pod6/middleware}
`;

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
        - {name: sidecar, image: "sidecar:1"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
`;

async function until(condition: () => boolean, what: () => string) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`Waited too long: ${what()}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('a demo cluster and kubectl', () => {
  let home: string;
  let cluster: DemoCluster;
  let kubectl: Kubectl;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'slipway-kubectl-test-'));
    cluster = await DemoCluster.create({
      name: 'test',
      workloadDelay: 50,
    });
    kubectl = await Kubectl.create({ server: cluster.url, home });
  }, 60_000);

  afterAll(async () => {
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  });

  const apply = (manifest: string, ...flags: string[]) =>
    kubectl.run(['apply', '--validate=false', ...flags, '-f', '-'], manifest);

  it('discovers', async () => {
    expect(
      JSON.parse(await kubectl.run(['get', '--raw', '/version'])),
    ).toMatchObject({ gitVersion: expect.stringMatching(/^v1/) });
    const resources = await kubectl.run(['api-resources', '--no-headers']);
    const lines = resources
      .split('\n')
      .map(line => line.split(/\s+/).slice(0, 5).join(' '));
    expect(lines).toEqual(
      expect.arrayContaining([
        'deployments deploy apps/v1 true Deployment',
        'applications app,apps argoproj.io/v1alpha1 true Application',
        'customresourcedefinitions crd,crds apiextensions.k8s.io/v1 false CustomResourceDefinition',
      ]),
    );
    expect(await kubectl.run(['get', 'crd', '-o', 'name'])).toContain(
      'customresourcedefinition.apiextensions.k8s.io/applications.argoproj.io',
    );
  });

  it('explains fields from what the server publishes', async () => {
    expect(await kubectl.run(['explain', 'deployment.spec.replicas'])).toMatch(
      /GROUP: +apps\nKIND: +Deployment\nVERSION: +v1\n+FIELD: replicas <integer>[^]*Number of desired pods/,
    );
    expect(
      await kubectl.run(['explain', 'application.spec.syncPolicy.automated']),
    ).toMatch(/selfHeal\s+<boolean>\s+Whether to undo changes/);
  });

  it('applies, shows, patches, watches and deletes an Application', async () => {
    expect(await apply(APPLICATION)).toBe(
      'application.argoproj.io/redis created\n',
    );
    expect(await apply(APPLICATION)).toBe(
      'application.argoproj.io/redis unchanged\n',
    );

    const watching = kubectl.spawn(['get', 'app', 'redis', '-w']);
    let seen = '';
    watching.child.stdout?.on('data', data => (seen += data));
    const ended = watching.catch(() => undefined);
    await until(
      () => seen.includes('redis'),
      () => seen,
    );

    const status = {
      sync: { status: 'OutOfSync' },
      health: { status: 'Progressing' },
    };
    expect(
      await kubectl.run([
        'patch',
        'app',
        'redis',
        '--type=merge',
        '-p',
        JSON.stringify({ status }),
      ]),
    ).toContain('patched');
    const operations = [
      { op: 'test', path: '/status/sync/status', value: 'OutOfSync' },
      { op: 'replace', path: '/status/sync/status', value: 'Synced' },
      { op: 'add', path: '/spec/syncPolicy', value: { automated: {} } },
    ];
    expect(
      await kubectl.run([
        'patch',
        'app',
        'redis',
        '--type=json',
        '-p',
        JSON.stringify(operations),
      ]),
    ).toContain('patched');
    await until(
      () => /redis +Synced/.test(seen),
      () => seen,
    );
    expect(seen).toMatch(/^NAME +SYNC STATUS +HEALTH STATUS +AGE\n/);
    expect(seen).toMatch(/redis +OutOfSync +Progressing/);
    expect(seen.match(/SYNC STATUS/g)).toHaveLength(1);
    watching.child.kill();
    await ended;

    expect(
      parse(await kubectl.run(['get', 'application', 'redis', '-o', 'yaml'])),
    ).toMatchObject({
      kind: 'Application',
      metadata: {
        name: 'redis',
        namespace: 'default',
        labels: { team: 'middleware' },
      },
      spec: { project: 'default', syncPolicy: { automated: {} } },
      status: { sync: { status: 'Synced' } },
    });
    expect(
      await kubectl.run([
        'get',
        'apps',
        '-A',
        '-o',
        'wide',
        '-l',
        'team=middleware',
      ]),
    ).toMatch(/PROJECT.*\n.*default +redis +Synced +Progressing/);
    expect(await kubectl.run(['delete', 'app', 'redis'])).toContain('deleted');
    await expect(kubectl.run(['get', 'app', 'redis'])).rejects.toMatchObject({
      stderr:
        'Error from server (NotFound): applications.argoproj.io "redis" not found\n',
    });
  }, 60_000);

  it('rolls out a Deployment, and again when an image changes', async () => {
    expect(await apply(DEPLOYMENT)).toContain('deployment.apps/web created');
    expect(
      await kubectl.run([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=20s',
      ]),
    ).toContain('successfully rolled out');
    expect(await kubectl.run(['get', 'deploy,svc'])).toMatch(
      /deployment.apps\/web +2\/2 +2 +2[^]*service\/web +ClusterIP/,
    );

    const without = DEPLOYMENT.replace('web:1', 'web:2').replace(
      / +- \{name: sidecar.*\n/,
      '',
    );
    expect(await apply(without)).toContain('deployment.apps/web configured');
    expect(
      await kubectl.run([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=20s',
      ]),
    ).toContain('successfully rolled out');
    const { spec, metadata } = parse(
      await kubectl.run(['get', 'deploy', 'web', '-o', 'yaml']),
    );
    expect(spec.template.spec.containers).toEqual([
      { name: 'web', image: 'web:2', ports: [{ containerPort: 80 }] },
    ]);
    expect(metadata.generation).toBe(2);

    await kubectl.run([
      'annotate',
      'deploy',
      'web',
      'demo.slipway.dev/health=degraded',
    ]);
    expect(
      await kubectl.run([
        'wait',
        'deploy/web',
        '--for=condition=Progressing=false',
        '--timeout=20s',
      ]),
    ).toContain('condition met');
    expect(
      await kubectl.run([
        'delete',
        'deploy,svc',
        'web',
        '--cascade=foreground',
      ]),
    ).toContain('service "web" deleted');
  }, 60_000);

  it('applies on the server, creates kinds, and deletes a namespace with what is in it', async () => {
    await apply('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}');
    expect(await apply(APPLICATION, '--server-side', '-n', 'shop')).toContain(
      'serverside-applied',
    );
    await apply(
      '{apiVersion: v1, kind: Secret, metadata: {name: login, namespace: shop}, stringData: {user: demo}}',
    );
    expect(
      await kubectl.run(['get', 'all,secrets,apps', '-n', 'shop']),
    ).toMatch(/secret\/login +Opaque +1/);
    await expect(
      apply('{apiVersion: demo.io/v1, kind: Widget, metadata: {name: w}}'),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('no matches for kind "Widget"'),
    });
    await apply(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.demo.io}
spec:
  group: demo.io
  scope: Namespaced
  names: {kind: Widget, plural: widgets, singular: widget}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`);
    await kubectl.run([
      'wait',
      'crd/widgets.demo.io',
      '--for=condition=Established',
      '--timeout=10s',
    ]);
    expect(
      await apply(
        '{apiVersion: demo.io/v1, kind: Widget, metadata: {name: w, namespace: shop}}',
      ),
    ).toContain('widget.demo.io/w created');
    expect(
      await kubectl.run(['delete', 'namespace', 'shop', '--timeout=20s']),
    ).toContain('deleted');
    expect(await kubectl.run(['get', 'widgets,apps', '-A', '-o', 'name'])).toBe(
      '',
    );
  }, 60_000);
});
