import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { GitServer } from 'demo';
import { applicationPath } from '../conformance/__testUtils__/argoCdApplication';
import {
  deployment,
  environmentFile,
  hook,
  settings,
} from '../conformance/__testUtils__/manifests';
import { Portal } from '../conformance/__testUtils__/Portal';
import { StandInSubject } from '../conformance/__testUtils__/StandInSubject';
import { REPOSITORY } from '../conformance/__testUtils__/Subject';
import { plans, says } from './__testUtils__/plans';

const web = { environment: 'stand-in', module: 'web' };

describe('what is live against Git, on the stand-in of the demo', () => {
  let folder: string;
  let git: GitServer;
  let standIn: StandInSubject;
  let portal: Portal;

  async function commit(files: Record<string, string | undefined>) {
    await git.commit(REPOSITORY, 'main', [
      {
        message: 'Change what is delivered',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: new Map(Object.entries(files)),
      },
    ]);
    await portal?.look();
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-live-'));
    git = await GitServer.create({ root: folder, port: 0 });
    await git.createRepository(REPOSITORY);
    standIn = await StandInSubject.create(git);
    await commit({
      '.slipway/repo.yaml': `apiVersion: slipway.dev/v1alpha1\nkind: ConfigRepo\nmetadata: { name: ${REPOSITORY} }\nspec: {}\n`,
      '.slipway/environments/stand-in.yaml': environmentFile(
        'stand-in',
        standIn.namespace,
      ),
      'stand-in/web/settings.yaml': settings('changes', 'hello'),
      'stand-in/web/goes.yaml': settings('goes', 'bye'),
      'stand-in/web/stays.yaml': settings('stays', 'always'),
      'stand-in/web/deployment.yaml': deployment(),
      'stand-in/web/hook.yaml': hook(),
    });
    portal = await Portal.start({
      git: git.url,
      clusters: [standIn.cluster],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await standIn?.stop();
    await git?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is what a sync then does', async () => {
    await standIn.deliver('web');
    const delivered = await says(
      portal,
      web,
      item => item.objects.length === 5 && plans({})(item),
    );
    expect(delivered).toMatchObject({
      source: 'git',
      counts: { Same: 4, Hook: 1 },
    });

    await standIn.change(applicationPath('stand-in', 'web'), {
      spec: { syncPolicy: { automated: null } },
    });
    await standIn.change(
      `/apis/apps/v1/namespaces/${standIn.namespace}/deployments/web`,
      { spec: { replicas: 3 } },
    );
    const drifted = await says(
      portal,
      web,
      plans({ changed: ['Deployment/web'] }),
    );
    expect(drifted.objects[0].differences).toEqual([
      { path: 'spec.replicas', left: '3', right: '1', expected: false },
    ]);

    await commit({
      'stand-in/web/settings.yaml': settings('changes', 'hi'),
      'stand-in/web/goes.yaml': undefined,
      'stand-in/web/comes.yaml': settings('comes', 'new'),
    });
    await says(
      portal,
      web,
      plans({
        created: ['ConfigMap/comes'],
        changed: ['ConfigMap/changes', 'Deployment/web'],
        pruned: ['ConfigMap/goes'],
      }),
    );
    await portal.sync('stand-in', 'web', { prune: true });
    await says(portal, web, plans({}));
    const configMap = (name: string) =>
      standIn.live(
        `/api/v1/namespaces/${standIn.namespace}/configmaps/${name}`,
      );
    expect(await configMap('comes')).toMatchObject({
      data: { greeting: 'new' },
    });
    expect(await configMap('changes')).toMatchObject({
      data: { greeting: 'hi' },
    });
    expect(await configMap('goes')).toBeUndefined();
  });
});
