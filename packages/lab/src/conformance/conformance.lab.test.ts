import type { ModuleState } from '@slipway/backstage-plugin-slipway-common';
import { builtPrograms } from '../build';
import { type ConfigMap, requestCosts, SLIPWAY_USER } from '../kubernetes';
import { Lab } from '../lab';
import { until } from '../program';
import { ArgoCdSubject } from './__testUtils__/ArgoCdSubject';
import { FluxSubject } from './__testUtils__/FluxSubject';
import { Portal } from './__testUtils__/Portal';
import { StandInSubject } from './__testUtils__/StandInSubject';
import { REPOSITORY, type Subject } from './__testUtils__/Subject';
import {
  deployment,
  environmentFile,
  hook,
  settings,
} from './__testUtils__/manifests';

const MODULE = 'web';
/** As each cluster's page says. */
const VERSIONS: Record<string, object> = {
  argocd: { version: 'v3.5.7' },
  flux: { version: 'lab' },
  'stand-in': { versionReason: { code: 'engineVersionNotFound' } },
};
/** An engine goes through several passes, on a machine that does other things too. */
const SETTLED = 120_000;

let lab: Lab;
let portal: Portal;
let standIn: StandInSubject;
const subjects = new Map<string, Subject>();

const good = {
  health: 'Healthy',
  sync: 'Synced',
  fileSync: 'Current',
  stale: false,
};

function commit(files: Record<string, string | undefined>): Promise<string> {
  return lab.git.commit(REPOSITORY, 'main', [
    {
      message: 'Change what is delivered',
      author: { name: 'engineer', email: 'engineer@example.com' },
      date: new Date(),
      files: new Map(Object.entries(files)),
    },
  ]);
}

beforeAll(async () => {
  lab = await Lab.create({ programs: await builtPrograms() });
  await lab.git.createRepository(REPOSITORY);
  await lab.addClusters(['argocd', 'flux']);
  const argoCd = await lab.addArgoCd(lab.cluster('argocd'));
  const flux = await lab.addFlux(lab.cluster('flux'));
  standIn = await StandInSubject.create(lab.git);
  for (const subject of [
    ArgoCdSubject.create(argoCd, lab.git.url),
    FluxSubject.create(flux, lab.git.url),
    standIn,
  ]) {
    subjects.set(subject.name, subject);
  }
  const all = [...subjects.values()];
  await commit({
    '.slipway/repo.yaml': `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${REPOSITORY} }\nspec: {}\n`,
    ...Object.fromEntries(
      all.flatMap(({ name, namespace }) => [
        [
          `.slipway/environments/${name}.yaml`,
          environmentFile(name, namespace),
        ],
        [`${name}/${MODULE}/settings.yaml`, settings('web', 'hello')],
        [`${name}/${MODULE}/deployment.yaml`, deployment()],
      ]),
    ),
  });
  portal = await Portal.start({
    git: lab.git.url,
    clusters: all.map(({ cluster }) => cluster),
  });
});

afterAll(async () => {
  await portal?.stop();
  await standIn?.stop();
  await lab?.stop();
});

/** The same table for the real Argo CD, the real Flux and the demo's stand-in: what the portal shows of each is the same. */
describe.each(['argocd', 'flux', 'stand-in'])('the portal on %s', name => {
  let subject: Subject;
  const configMap = (object: string) =>
    `/api/v1/namespaces/${subject.namespace}/configmaps/${object}`;
  const greeting = async () =>
    (await subject.live<ConfigMap>(configMap('web')))?.data;

  /** What the portal shows, once it is as a case wants it. */
  async function becomes(
    what: string,
    wanted: (state: ModuleState) => boolean,
  ): Promise<ModuleState> {
    let last: ModuleState | undefined;
    try {
      return await until(
        async () => {
          last = (await portal.module(name, MODULE))?.state;
          return last && wanted(last) ? last : undefined;
        },
        { what, timeoutMs: SETTLED, everyMs: 250 },
      );
    } catch (error) {
      throw new Error(
        `${(error as Error).message}; it is ${JSON.stringify(last)}`,
      );
    }
  }

  const isGood = ({ fileSync, health, stale, sync }: ModuleState) =>
    health.state === good.health &&
    sync.state === good.sync &&
    fileSync.state === good.fileSync &&
    stale === good.stale;

  const becomesGoodAt = (revision: string) =>
    becomes(
      `${name} is good at ${revision}`,
      state => isGood(state) && state.appliedRevision === revision,
    );

  /** Pushes to the subject's folder, and has the engine and the portal look. */
  async function push(
    files: Record<string, string | undefined>,
  ): Promise<string> {
    const revision = await commit(
      Object.fromEntries(
        Object.entries(files).map(([file, content]) => [
          `${name}/${MODULE}/${file}`,
          content,
        ]),
      ),
    );
    await portal.look();
    await subject.look(MODULE);
    return revision;
  }

  beforeAll(() => {
    subject = subjects.get(name)!;
  });

  it('shows what nobody delivers yet', async () => {
    const state = await becomes(
      `${name} is there`,
      ({ engineObjects }) => engineObjects.length === 0,
    );
    expect(state.fileSync.state).toBe('NotDeployed');
    expect(state.health.state).not.toBe('Healthy');
  });

  it('create: shows what is delivered', async () => {
    await subject.deliver(MODULE);
    const state = await becomes(`${name} is good`, isGood);
    expect(state.engineObjects).toHaveLength(1);
    expect(await greeting()).toEqual({ greeting: 'hello' });
    expect((await portal.cluster(name)).engines).toMatchObject([
      VERSIONS[name],
    ]);
  });

  it('sync: shows the revision that a push brought', async () => {
    const revision = await push({
      'settings.yaml': settings('web', 'servus'),
    });
    await becomesGoodAt(revision);
    expect(await greeting()).toEqual({ greeting: 'servus' });
  });

  it('fail: shows that a push cannot be applied, and what is there still', async () => {
    const before = (await portal.module(name, MODULE))?.state.appliedRevision;
    await push({ 'broken.yaml': settings('Not_A_Name', 'x') });
    const state = await becomes(
      `${name} has failed`,
      ({ fileSync, operation }) =>
        fileSync.state === 'Behind' && operation?.phase === 'Failed',
    );
    expect(state.operation?.message).toContain('Not_A_Name');
    expect(state.sync.state).not.toBe('Synced');
    expect(state.fileSync.commits).toBe(1);
    expect(state.appliedRevision).toBe(before);
    expect(await greeting()).toEqual({ greeting: 'servus' });
    await becomesGoodAt(await push({ 'broken.yaml': undefined }));
  });

  it('prune: removes what is no longer in Git', async () => {
    const there = await push({ 'extra.yaml': settings('extra', 'x') });
    await becomesGoodAt(there);
    expect(await subject.live(configMap('extra'))).toBeDefined();
    const gone = await push({ 'extra.yaml': undefined });
    await becomesGoodAt(gone);
    expect(await subject.live(configMap('extra'))).toBeUndefined();
  });

  it('hook: is good when the job that goes first has run', async () => {
    // Argo CD does not compare hooks: a push of nothing else is nothing to sync.
    const revision = await push({
      'hook.yaml': hook(),
      'settings.yaml': settings('web', 'salut'),
    });
    await becomesGoodAt(revision);
    const job = await subject.live(
      `/apis/batch/v1/namespaces/${subject.namespace}/jobs/migrate`,
    );
    expect(job?.status).toMatchObject({ succeeded: 1 });
    expect(await greeting()).toEqual({ greeting: 'salut' });
    await becomesGoodAt(
      await push({
        'hook.yaml': undefined,
        'settings.yaml': settings('web', 'servus'),
      }),
    );
  });

  it('drift: puts right what was changed by hand, when asked', async () => {
    await subject.change(configMap('web'), { data: { greeting: 'moin' } });
    if (subject.tellsDrift) {
      await becomes(
        `${name} tells drift`,
        ({ sync }) => sync.state === 'OutOfSync',
      );
    }
    await portal.sync(name, MODULE);
    await until(async () => (await greeting())?.greeting === 'servus', {
      what: `${name} puts it right`,
      timeoutMs: SETTLED,
    });
    await becomes(`${name} is good`, isGood);
    expect(await greeting()).toEqual({ greeting: 'servus' });
  });

  it('cluster down: keeps what it knows, says that it is old, and catches up', async () => {
    await subject.cut();
    const stale = await becomes(`${name} is stale`, state => state.stale);
    expect(stale.health.state).toBe(good.health);
    const down = await portal.cluster(name);
    expect(down.engines).toMatchObject([
      { connection: 'Unreachable', reason: { code: 'unreachable' } },
    ]);
    const revision = await push({ 'settings.yaml': settings('web', 'ahoi') });
    await until(async () => (await greeting())?.greeting === 'ahoi', {
      what: `${name} goes on by itself`,
      timeoutMs: SETTLED,
    });
    await subject.restore();
    await becomesGoodAt(revision);
  });

  it('410: begins anew where the API server no longer knows the past', async () => {
    await subject.cut();
    await becomes(`${name} is stale`, state => state.stale);
    const revision = await push({ 'settings.yaml': settings('web', 'hej') });
    // An engine that is cut off while it writes down what it did looks again in minutes only.
    await until(() => subject.hasDelivered(MODULE, revision), {
      what: `${name} goes on by itself`,
      timeoutMs: SETTLED,
    });
    expect(await greeting()).toEqual({ greeting: 'hej' });
    await subject.restart();
    await subject.restore();
    await becomesGoodAt(revision);
    expect((await portal.cluster(name)).engines).toMatchObject([
      { connection: 'Connected' },
    ]);
  });

  it('restart in mid-watch: misses nothing', async () => {
    await subject.restart();
    const revision = await push({ 'settings.yaml': settings('web', 'ciao') });
    await becomesGoodAt(revision);
    expect(await greeting()).toEqual({ greeting: 'ciao' });
  });

  it('delete: shows that nobody delivers it any more', async () => {
    await subject.forget(MODULE);
    const state = await becomes(
      `${name} is not delivered`,
      ({ engineObjects }) => engineObjects.length === 0,
    );
    expect(state.fileSync.state).toBe('NotDeployed');
    expect(state.health.state).not.toBe('Healthy');
    await until(async () => (await greeting()) === undefined, {
      what: `${name} has removed it`,
      timeoutMs: SETTLED,
    });
  });
});

/** Long enough for a poll of any sense; watches last for half an hour and more. */
const QUIET = 15_000;

it.each(['argocd', 'flux'])(
  'asks nothing of the API server on %s while nothing happens',
  async name => {
    const cluster = lab.cluster(name);
    const from = new Date();
    await new Promise(resolve => setTimeout(resolve, QUIET));
    const options = { user: SLIPWAY_USER, from, to: new Date() };
    const asked = requestCosts(await cluster.requests(), options);
    // The lab has no HelmRelease: it is looked for about once a minute.
    expect(asked.filter(({ path }) => !path.endsWith('/helmreleases'))).toEqual(
      [],
    );
    expect(asked.every(({ count }) => count <= 1)).toBe(true);
  },
);
