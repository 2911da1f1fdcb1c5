import { execFile } from 'child_process';
import { copyFile } from 'fs/promises';
import { join } from 'path';
import { setTimeout as pause } from 'timers/promises';
import { promisify } from 'util';
import type { Portal } from '../conformance/__testUtils__/Portal';
import { installFlux } from '../flux';
import type { Cluster } from '../kubernetes';
import { until } from '../program';
import { applicationOf } from './__testUtils__/Applications';
import { FloodingServer } from './__testUtils__/FloodingServer';
import { CENTER, PortalLab } from './__testUtils__/PortalLab';
import { Trap } from './__testUtils__/Trap';
import { WaysToSignIn } from './__testUtils__/WaysToSignIn';

const AWAY_MS = 60_000;
const MODULES = Array.from({ length: 20 }, (_, index) => `m${index}`);
const FLOODED = Array.from({ length: 100 }, (_, index) => `f${index}`);
const ROUNDS = 100;

let on: PortalLab;
let portal: Portal;
let edge: Cluster;
let flooding: FloodingServer;
let trap: Trap;
let awaySince: number;
let ways: WaysToSignIn;

const note = (text: string) => process.stdout.write(`${text}\n`);

/** An Application of the flooding server, at a version that is its resource version as well. */
const flooded = (module: string, version: number) =>
  applicationOf(
    {
      environment: 'flood',
      module,
      version,
      metadata: { uid: module, resourceVersion: `${version}` },
    },
    { repoUrl: on.repoUrl, namespace: 'argocd' },
  );

beforeAll(async () => {
  on = await PortalLab.create();
  edge = await on.lab.addCluster('edge');
  flooding = await FloodingServer.start(
    FLOODED.map(module => flooded(module, 1)),
  );
  trap = await Trap.create();
  await Promise.all(
    MODULES.map(module =>
      on.applications.create({ environment: CENTER, module, version: 1 }),
    ),
  );
  await on.applications.create({
    environment: CENTER,
    module: 'lure',
    version: 1,
    metadata: {
      annotations: { 'link.argocd.argoproj.io/external-link': trap.url },
    },
    spec: {
      source: { repoURL: `${trap.url}/lure.git`, path: 'lure' },
      destination: { server: trap.url, namespace: 'lure' },
    },
    status: { summary: { externalURLs: [trap.url] } },
  });
  ways = await WaysToSignIn.create(on);
  const token = 'loopback';
  portal = await on.start({
    modules: [
      ...[...MODULES, 'big'].map(module => `${CENTER}/${module}`),
      ...FLOODED.map(module => `flood/${module}`),
    ],
    caFile: ways.caFile,
    config: ways.config,
    clusters: [
      ...ways.clusters,
      {
        name: 'edge',
        engines: ['flux'],
        auth: { type: 'kubeconfig', file: edge.slipwayKubeconfig },
      },
      {
        name: 'flood',
        engines: ['argocd'],
        auth: { type: 'serviceAccount', server: flooding.url, token },
      },
      {
        name: 'elsewhere',
        engines: ['argocd'],
        auth: { type: 'serviceAccount', server: trap.redirectingUrl, token },
      },
    ],
  });
});

afterAll(async () => {
  await on?.stop();
  await flooding?.stop();
  await trap?.stop();
});

describe('a cluster whose engine is not there', () => {
  it('says which kinds are not served, and goes on when they are', async () => {
    await on.becomes('Unreachable', 'kindNotServed', 'edge');
    await installFlux(edge.admin, on.programs);
    await on.becomes('Connected', 'kindsNotServed', 'edge', {
      kinds: 'HelmRelease',
    });
    // It is away while everything else is done.
    await edge.link.cut();
    awaySince = Date.now();
    await on.becomes('Unreachable', 'unreachable', 'edge');
  });
});

describe('signing in to a real API server', () => {
  it.each([CENTER, ...WaysToSignIn.names])('connects: %s', async name => {
    await on.becomes('Connected', '', name);
    await until(
      async () => ((await portal.cluster(name)).engines[0].objects ?? 0) > 0,
      { what: `${name} shows Applications` },
    );
    expect((await portal.cluster(name)).kubernetesVersion).toMatch(/^v1\.\d+/);
  });

  it('goes on when the token is rotated', async () => {
    await on.account.rotate();
    await on.reconnect();
    await on.becomes('Connected');
    await on.applications.setVersion('m0', 2);
    const state = await on.shows('m0', 2);
    expect(state).toMatchObject({ stale: false, sync: { state: 'Synced' } });
  });

  it('says that a token was revoked, and that nobody knows a certificate', async () => {
    const other = join(on.folder, 'other');
    await promisify(execFile)(join(on.programs, 'labpki'), [`-dir=${other}`]);
    await ways.certify(join(other, 'admin.crt'), join(other, 'admin.key'));
    await on.account.delete();
    await until(
      async () => {
        // The API server believes a token that it has seen for some seconds more.
        await on.reconnect();
        await new Promise(resolve => setTimeout(resolve, 1500));
        const { engines } = await portal.cluster(CENTER);
        return engines[0].reason?.code === 'unauthorized';
      },
      { what: 'the token is refused' },
    );
    const { reason } = await on.becomes(
      'Unreachable',
      'unauthorized',
      'certificate',
    );
    expect(reason?.params.status).toBe('401');
    const { state } = (await portal.module(CENTER, 'm0'))!;
    expect(state).toMatchObject({ stale: true, sync: { state: 'Synced' } });

    await on.account.restore();
    await ways.certify(on.center.adminCertFile, on.center.adminKeyFile);
    await on.applications.setVersion('m0', 3);
    await on.becomes('Connected');
    await on.becomes('Connected', '', 'certificate');
    expect(await on.shows('m0', 3)).toMatchObject({ stale: false });
  });

  it('says that Applications are forbidden, and looks where they are not', async () => {
    await on.account.forbid();
    await on.reconnect();
    const { reason } = await on.becomes('Unreachable', 'forbidden');
    expect(reason?.params).toMatchObject({
      kind: 'argoproj.io/v1alpha1 applications',
      status: '403',
    });

    await on.account.allowIn('argocd');
    await on.becomes('Connected');
    await on.applications.setVersion('m0', 4);
    await on.shows('m0', 4);
    await on.account.restore();
  });

  it('says which certificate of the server is wrong in which way, and goes on when it is right', async () => {
    const { center } = on;
    await copyFile(join(on.folder, 'other', 'ca.crt'), ways.caFile);
    await on.reconnect();
    await on.becomes('Unreachable', 'tlsError');
    // Who trusts the right authority is not affected.
    await on.becomes('Connected', '', 'file');
    await copyFile(center.caFile, ways.caFile);
    await on.becomes('Connected');

    await center.certify({ validHours: -1 });
    await on.reconnect();
    await Promise.all(
      [CENTER, ...WaysToSignIn.names].map(name =>
        on.becomes('Unreachable', 'certificateExpired', name),
      ),
    );

    await center.certify({ hosts: ['api.example'] });
    await on.reconnect();
    const { reason } = await on.becomes('Unreachable', 'certificateOtherHost');
    expect(reason?.params.detail).toMatch(/127\.0\.0\.1/);

    await center.certify();
    await Promise.all(
      [CENTER, ...WaysToSignIn.names].map(name =>
        on.becomes('Connected', '', name),
      ),
    );
    await on.applications.setVersion('m0', 5);
    expect(await on.shows('m0', 5)).toMatchObject({ stale: false });
  });
});

describe('an API server that is in trouble', () => {
  it('loses nothing of an event that comes in half', async () => {
    await on.becomes('Connected');
    const { link } = on.center;
    await link.slow({ delayMs: 0, bytesPerSecond: 50_000 });
    await on.applications.patch('m0', {
      metadata: { annotations: { filling: 'x'.repeat(150_000) } },
      status: { summary: { images: ['registry.example/web:6'] } },
    });
    await pause(1500);
    await link.cut();
    expect((await portal.module(CENTER, 'm0'))?.version).toBe('5');
    await link.restore();
    await on.shows('m0', 6);
  });

  it('takes an object as large as etcd does, and the others beside it', async () => {
    const resources = Array.from({ length: 7000 }, (_, index) => ({
      version: 'v1',
      kind: 'ConfigMap',
      namespace: 'big',
      name: `a-config-map-with-quite-a-long-name-indeed-${index}`,
      status: 'Synced',
      health: { status: 'Healthy', message: 'nothing to be seen here' },
    }));
    await on.applications.create({
      environment: CENTER,
      module: 'big',
      version: 1,
      metadata: { annotations: { filling: 'x'.repeat(200_000) } },
      status: { resources },
    });
    const { length } = JSON.stringify(
      await on.center.admin.get(on.applications.path('big')),
    );
    expect(length).toBeGreaterThan(1_000_000);
    await on.applications.setVersion('m1', 2);
    await until(
      async () => {
        const { health, sync } = await on.shows('big', 1);
        return health.state === 'Healthy' && sync.state === 'Synced';
      },
      { what: 'the large object is healthy and synced' },
    );
    await on.shows('m1', 2);
    await on.applications.setVersion('big', 2);
    await on.shows('big', 2);
    note(`an object of ${length} bytes shows`);
  });

  it('ends with the last of many changes that came while it could not hear', async () => {
    const { link } = on.center;
    await link.stall();
    const last = 30;
    await Promise.all(
      MODULES.map(async module => {
        for (let version = 11; version <= last; version += 1) {
          await on.applications.setVersion(module, version);
        }
      }),
    );
    await link.restore();
    const shown = await Promise.all(
      MODULES.map(module => on.shows(module, last)),
    );
    expect(shown.every(({ stale }) => !stale)).toBe(true);
  });

  it('takes ten thousand events one after another, and answers meanwhile', async () => {
    await on.becomes('Connected', '', 'flood');
    await on.shows('f0', 1, 'flood');
    const before = process.memoryUsage().heapUsed;
    const since = Date.now();
    let isOver = false;
    let slowest = 0;
    const visitor = (async () => {
      while (!isOver) {
        const asked = Date.now();
        await portal.cluster(CENTER);
        slowest = Math.max(slowest, Date.now() - asked);
        await pause(20);
      }
    })();
    await flooding.flood(
      (function* events() {
        for (let version = 2; version <= ROUNDS + 1; version += 1) {
          for (const module of FLOODED) {
            yield flooded(module, version);
          }
        }
      })(),
    );
    const sent = Date.now() - since;
    await Promise.all(
      FLOODED.map(module => on.shows(module, ROUNDS + 1, 'flood')),
    );
    isOver = true;
    await visitor;
    const grown = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
    note(
      `${ROUNDS * FLOODED.length} events: taken in ${sent} ms, shown after ${
        Date.now() - since
      } ms, held back ${
        flooding.heldBack
      } times, heap grown by ${grown.toFixed()} MB; slowest page ${slowest} ms`,
    );
    expect(flooding.heldBack).toBeGreaterThan(0);
  });

  it('follows the kind as it is taken away, and comes back in another version', async () => {
    await on.applications.undefine();
    const { objects } = await on.becomes('Unreachable', 'kindNotServed');
    expect(objects).toBe(0);
    await on.shows('m0', undefined);

    await on.applications.define(on.programs, 'v1beta1');
    await pause(1000);
    await on.becomes('Unreachable', 'kindNotServed');

    await on.applications.undefine();
    await on.applications.define(on.programs);
    await on.applications.create({
      environment: CENTER,
      module: 'm0',
      version: 30,
    });
    await on.becomes('Connected');
    await on.shows('m0', 30);
  });

  it('shows what there is after a restore from a backup, and what changes then', async () => {
    await on.center.save();
    await until(
      () =>
        on.applications.setVersion('m0', 31).then(
          () => true,
          () => false,
        ),
      { what: 'the API server has its etcd back' },
    );
    await on.applications.create({
      environment: CENTER,
      module: 'm1',
      version: 31,
    });
    // So that it is far ahead of what comes back.
    for (let version = 32; version <= 130; version += 1) {
      await on.applications.setVersion('m1', version);
    }
    await on.shows('m0', 31);
    await on.shows('m1', 130);

    await on.center.rewind();

    await on.shows('m0', 30);
    await on.shows('m1', undefined);
    await on.becomes('Connected');
    await on.applications.setVersion('m0', 32);
    expect(await on.shows('m0', 32)).toMatchObject({ stale: false });
  });

  it('shows what there is after everything was lost', async () => {
    await on.applications.setVersion('m0', 33);
    await on.shows('m0', 33);
    const at = async (name: string) => {
      const { metadata } = await on.center.admin.get(
        on.applications.path(name),
      );
      return Number(metadata.resourceVersion);
    };
    const before = await at('m0');
    await on.center.wipe();
    await on.applications.define(on.programs);
    await on.applications.create({
      environment: CENTER,
      module: 'm2',
      version: 0,
    });
    // By its versions it could be the one from before.
    let version = 0;
    while ((await at('m2')) <= before) {
      version += 1;
      await on.applications.setVersion('m2', version);
    }
    await on.account.restore();
    await on.shows('m2', version);
    // Under its other names the cluster lets nobody in any more, so that they keep what they saw last.
    const holds = (count: number) =>
      until(async () => (await on.becomes('Connected')).objects === count, {
        what: `${count} Applications are there`,
      });
    await holds(1);
    await on.applications.create({
      environment: CENTER,
      module: 'm1',
      version: 1,
    });
    await holds(2);
  });

  it('calls nobody but whom the operator names, and hands no token on', async () => {
    const { reason } = await on.becomes(
      'Unreachable',
      'notKubernetes',
      'elsewhere',
    );
    expect(reason?.params.status).toBe('302');
    expect(trap.caught).toEqual([]);
  });
});

describe('a cluster that was away', () => {
  it('is right again soon after a minute away, and says which kind is forbidden', async () => {
    await edge.admin.apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'web', namespace: 'flux-system' },
      spec: {
        interval: '10m',
        path: './edge/web',
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'shop' },
      },
    });
    await pause(Math.max(0, awaySince + AWAY_MS - Date.now()));
    const away = Date.now() - awaySince;
    await edge.link.restore();
    const since = Date.now();
    await until(
      async () => {
        const { connection, objects } = (await portal.cluster('edge'))
          .engines[0];
        return connection === 'Connected' && objects === 1;
      },
      { what: 'the edge is back' },
    );
    note(
      `right again ${
        Date.now() - since
      } ms after a cut of ${away} ms was mended`,
    );

    const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/slipway-flux';
    const { rules } = await edge.admin.get(role);
    await edge.admin.mergePatch(role, {
      rules: rules.map((rule: { resources: string[] }) => ({
        ...rule,
        resources: rule.resources.filter(name => name !== 'buckets'),
      })),
    });
    await on.reconnect(edge);
    const { reason } = await on.becomes('Connected', 'kindsUnreadable', 'edge');
    expect(reason?.params.kinds).toBe('Bucket');
    await edge.admin.delete(
      '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/web',
    );
    await until(
      async () => (await portal.cluster('edge')).engines[0].objects === 0,
      { what: 'the rest goes on' },
    );
  });
});
