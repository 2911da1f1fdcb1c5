import type { Application } from '../argocd';
import { builtPrograms } from '../build';
import { carryOut } from '../control/orders';
import type { Kustomization } from '../flux';
import { hasCondition } from '../kubernetes';
import { EXAMPLE_REPO } from '../seed';
import { listeningAddresses } from '../testUtils/listeners';
import { Lab } from './Lab';
import { startExampleLab } from './startExampleLab';

/** 127.0.0.1, in the byte order of the machine. */
const LOOPBACK = '0100007F';

const isGood = ({ status }: Application) =>
  status?.sync?.status === 'Synced' && status.health?.status === 'Healthy';
const isReady = (object: Kustomization) => hasCondition(object, 'Ready');

describe('the example lab', () => {
  let lab: Lab;

  const greet = (environment: string, greeting: string) =>
    lab.git.commit(EXAMPLE_REPO, 'main', [
      {
        message: 'Greet otherwise',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: new Map([
          [
            `${environment}/web/web.yaml`,
            `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { GREETING: ${greeting} }\n`,
          ],
        ]),
      },
    ]);

  beforeAll(async () => {
    lab = await startExampleLab({
      programs: await builtPrograms(),
      remotes: ['gd'],
      log: () => {},
    });
  });

  afterAll(() => lab.stop());

  it('is delivered by Argo CD, to its own cluster and to a remote one', async () => {
    const argoCd = lab.argoCds.get('center')!;
    for (const name of [
      'lab-root',
      'dev-web',
      'dev-api',
      'dev-report',
      'gd-web',
    ]) {
      await argoCd.waitForApplication(name, isGood);
    }
    const web = '/apis/apps/v1/namespaces/live/deployments/web';
    expect((await lab.cluster('gd').admin.get(web)).status).toMatchObject({
      availableReplicas: 2,
    });
    // The hook of the Helm chart has run.
    const job = '/apis/batch/v1/namespaces/dev/jobs/dev-report-migrate';
    expect((await lab.cluster('center').admin.get(job)).status).toMatchObject({
      succeeded: 1,
    });

    const revision = await greet('dev', 'moin');
    await argoCd.refresh('dev-web');
    await argoCd.waitForApplication(
      'dev-web',
      application =>
        isGood(application) && application.status?.sync?.revision === revision,
    );
    const settings = '/api/v1/namespaces/dev/configmaps/web';
    expect((await lab.cluster('center').admin.get(settings)).data).toEqual({
      GREETING: 'moin',
    });

    expect(await argoCd.api.listApplications()).toHaveLength(5);
  });

  it('is delivered by Flux', async () => {
    const flux = lab.fluxes.get('flux')!;
    await flux.waitFor('Kustomization', 'flux-web', isReady);

    const revision = await greet('flux', 'servus');
    await flux.reconcile('GitRepository', 'lab');
    await flux.waitFor(
      'Kustomization',
      'flux-web',
      kustomization =>
        isReady(kustomization) &&
        kustomization.status?.lastAppliedRevision === `main@sha1:${revision}`,
    );
    const settings = '/api/v1/namespaces/flux/configmaps/web';
    expect((await lab.cluster('flux').admin.get(settings)).data).toEqual({
      GREETING: 'servus',
    });
  });

  it('cannot sync to a remote cluster that is cut off, and does when it is back', async () => {
    const argoCd = lab.argoCds.get('center')!;
    await carryOut(lab, ['cut', 'gd']);
    const revision = await greet('gd', 'servus');
    await argoCd.refresh('gd-web');
    const application = await argoCd.waitForApplication(
      'gd-web',
      ({ status }) =>
        Boolean(
          status?.operationState?.message?.includes('connection refused'),
        ),
    );
    // Argo CD goes on to say so: pages must not take it for the truth.
    expect(application.status).toMatchObject({
      health: { status: 'Healthy' },
      operationState: { phase: 'Running' },
    });

    await carryOut(lab, ['restore', 'gd']);
    await argoCd.waitForApplication(
      'gd-web',
      found => isGood(found) && found.status?.sync?.revision === revision,
      { timeoutMs: 120_000 },
    );
  });

  it('listens on loopback only', () => {
    const addresses = listeningAddresses();
    expect(addresses.length).toBeGreaterThan(15);
    expect(new Set(addresses)).toEqual(new Set([LOOPBACK]));
  });
});
