import slipwayModuleArgoCd from '@slipway/backstage-plugin-slipway-backend-module-argocd';
import { ArgoCd } from '../argocd';
import { builtPrograms } from '../build';
import { Cluster } from '../kubernetes';
import { Lab } from '../lab';
import { engineOf, EngineWatch } from './EngineWatch';

const REPO = 'shop';
const NAMESPACE = 'argocd';

/** Of {@link DeliveryLab.deliver}, for an Application. */
export interface Delivery {
  /** In the folder that is named as the Application is. */
  files?: Record<string, string>;
  automated?: { prune?: boolean; selfHeal?: boolean };
  retry?: { limit: number };
  /** Beside what every Application has, or in its place. */
  spec?: object;
  /** Where the Application itself lives. */
  namespace?: string;
}

/** A real Argo CD on the cluster `center`, a repository that it delivers, and Slipway's engine that watches it. */
export class DeliveryLab {
  readonly lab: Lab;
  readonly center: Cluster;
  readonly argoCd: ArgoCd;
  readonly watch: EngineWatch;

  static async create(
    options: {
      remotes?: string[];
      env?: Record<string, string>;
      hydrator?: boolean;
    } = {},
  ): Promise<DeliveryLab> {
    const { remotes = [], env, hydrator } = options;
    const lab = await Lab.create({ programs: await builtPrograms() });
    try {
      await lab.addClusters(['center', ...remotes]);
      const center = lab.cluster('center');
      const argoCd = await lab.addArgoCd(center, { env, hydrator });
      for (const remote of remotes) {
        await argoCd.addRemote(lab.cluster(remote));
      }
      await lab.git.createRepository(REPO);
      const engine = await engineOf(slipwayModuleArgoCd);
      const watch = EngineWatch.start({
        engine,
        cluster: center,
        settings: { api: { url: argoCd.url, token: argoCd.readerToken } },
      });
      return new DeliveryLab({ lab, center, argoCd, watch });
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  private constructor(
    parts: Pick<DeliveryLab, 'lab' | 'center' | 'argoCd' | 'watch'>,
  ) {
    this.lab = parts.lab;
    this.center = parts.center;
    this.argoCd = parts.argoCd;
    this.watch = parts.watch;
  }

  get repoUrl(): string {
    return this.lab.git.repositoryUrl(REPO);
  }

  /** Resolves to the commit's id. A file without content is deleted. */
  push(files: Record<string, string | undefined>): Promise<string> {
    return this.lab.git.commit(REPO, 'main', [
      {
        message: 'Change what is delivered',
        author: { name: 'engineer', email: 'engineer@example.com' },
        date: new Date(),
        files: new Map(Object.entries(files)),
      },
    ]);
  }

  /** Pushes the files of Applications and makes these, by their names; resolves to the commit's id. */
  async deliver(deliveries: Record<string, Delivery>): Promise<string> {
    const files = Object.entries(deliveries).flatMap(
      ([name, { files: own = {} }]) =>
        Object.entries(own).map(([path, content]) => [
          `${name}/${path}`,
          content,
        ]),
    );
    const revision = await this.push(Object.fromEntries(files));
    await this.center.admin.apply(
      Object.entries(deliveries).map(([name, delivery]) =>
        this.application(name, delivery),
      ),
    );
    return revision;
  }

  application(name: string, delivery: Delivery = {}) {
    const { automated = {}, retry, spec, namespace = NAMESPACE } = delivery;
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace },
      spec: {
        project: 'default',
        source: { repoURL: this.repoUrl, targetRevision: 'main', path: name },
        destination: { name: 'in-cluster', namespace: name },
        syncPolicy: {
          automated,
          syncOptions: ['CreateNamespace=true'],
          ...(retry && {
            retry: {
              ...retry,
              backoff: { duration: '1s', maxDuration: '1s' },
            },
          }),
        },
        ...spec,
      },
    };
  }

  /** Changes an Application, such as by asking for an operation. */
  async patch(name: string, patch: object): Promise<void> {
    await this.center.admin.mergePatch(
      `/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/applications/${name}`,
      patch,
    );
  }

  /** Has Argo CD look, as Slipway's button does. */
  async refresh(name: string): Promise<void> {
    await this.watch.operate(this.watch.find(name)!, { type: 'refresh' });
  }

  async stop(): Promise<void> {
    await this.watch.stop();
    await this.lab.stop();
  }
}
