import { join } from 'node:path';
import { loadavg } from 'node:os';
import type { Application, ArgoCd, Cluster, Lab } from '../../packages/lab/src';
import { until } from '../../packages/lab/src';
import { ApplicationWatch } from './ApplicationWatch';
import {
  application,
  CENTER,
  createApplications,
  createNamespaces,
  createRepository,
  ESTATE,
  REPO,
} from './estate';
import { LabPortal, portalCluster } from './LabPortal';
import { withLab } from './withLab';

/** As its documentation has it for many Applications: 50 requests in a second, its default, are what it would wait for. */
const ARGOCD_ENV = {
  ARGOCD_K8S_CLIENT_QPS: '300',
  ARGOCD_K8S_CLIENT_BURST: '600',
};

const DELIVERED_MS = 1_200_000;

/** A thousand Applications that a real Argo CD delivered, a portal that knows of them, and a bare watch beside it. */
export interface Estate {
  lab: Lab;
  center: Cluster;
  argoCd: ArgoCd;
  portal: LabPortal;
  watch: ApplicationWatch;
  /** The commit that was delivered. */
  head: string;
}

/** Gives work the estate, and ends all of it afterwards. */
export function withEstate<T>(
  work: (estate: Estate) => Promise<T>,
): Promise<T> {
  return withLab(async ({ lab, directory }) => {
    const center = await lab.addCluster(CENTER);
    const argoCd = await lab.addArgoCd(center, { env: ARGOCD_ENV });
    const head = await createRepository(lab.git, { declared: true });
    const repoUrl = lab.git.repositoryUrl(REPO);
    await createNamespaces(center.admin);
    const watch = await ApplicationWatch.open(center);
    const portal = await LabPortal.start({
      directory: join(directory, 'portal'),
      repoUrl,
      clusters: [portalCluster(center)],
    });
    try {
      const start = performance.now();
      await createApplications(
        center.admin,
        ESTATE.map(one => application(one, repoUrl)),
      );
      await untilDelivered(
        watch,
        ESTATE.map(({ name }) => name),
        head,
      );
      const took = ((performance.now() - start) / 1000).toFixed(0);
      console.log(
        `${
          ESTATE.length
        } Applications made and Synced by Argo CD after ${took} s, load ${load()}`,
      );
      return await work({ lab, center, argoCd, portal, watch, head });
    } finally {
      watch.close();
      await portal.stop();
    }
  });
}

/** Until Argo CD says of all of them that it has delivered a commit and has nothing left to do. */
export async function untilDelivered(
  watch: ApplicationWatch,
  names: string[],
  revision: string,
): Promise<void> {
  await until(
    async () =>
      names.every(name => isDelivered(watch.applications.get(name), revision)),
    {
      what: `Argo CD has delivered ${names.length} Applications`,
      timeoutMs: DELIVERED_MS,
    },
  );
}

export function isDelivered(
  seen: Application | undefined,
  revision: string,
): boolean {
  const { health, operationState, sync } = seen?.status ?? {};
  return (
    health?.status === 'Healthy' &&
    sync?.status === 'Synced' &&
    sync.revision === revision &&
    operationState?.phase === 'Succeeded' &&
    operationState.syncResult?.revision === revision
  );
}

/** Of the last minute, to print beside figures. */
export function load(): string {
  return loadavg()[0].toFixed(1);
}
