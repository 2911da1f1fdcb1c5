import type { Flux, Kustomization } from '../../flux';
import { hasCondition } from '../../kubernetes';
import { RealSubject } from './RealSubject';
import { REPOSITORY, type Subject } from './Subject';

const NAMESPACE = 'flux-system';

/** Flux's real kustomize-controller. */
export class FluxSubject extends RealSubject implements Subject {
  readonly name = 'flux';
  readonly namespace = 'conformance-flux';
  // It puts right what differs whenever it reconciles, and says nothing of it.
  readonly tellsDrift = false;
  readonly #flux: Flux;
  readonly #git: string;

  static create(flux: Flux, git: string): FluxSubject {
    return new FluxSubject(flux, git);
  }

  private constructor(flux: Flux, git: string) {
    super(flux.cluster);
    this.#flux = flux;
    this.#git = git;
  }

  get cluster() {
    return this.clusterConfig('flux');
  }

  async deliver(module: string): Promise<void> {
    await this.on.admin.apply([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: this.namespace },
      },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: REPOSITORY, namespace: NAMESPACE },
        spec: {
          interval: '10m',
          url: `${this.#git}/${REPOSITORY}.git`,
          ref: { branch: 'main' },
        },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: module, namespace: NAMESPACE },
        spec: {
          interval: '10m',
          retryInterval: '10m',
          timeout: '1m',
          sourceRef: { kind: 'GitRepository', name: REPOSITORY },
          path: `./${this.name}/${module}`,
          targetNamespace: this.namespace,
          prune: true,
          wait: true,
        },
      },
    ]);
  }

  async forget(module: string): Promise<void> {
    await this.on.admin.delete(kustomizationPath(module));
  }

  async hasDelivered(module: string, revision: string): Promise<boolean> {
    const found = await this.live<Kustomization>(kustomizationPath(module));
    return (
      hasCondition(found, 'Ready') &&
      Boolean(found?.status?.lastAppliedRevision?.endsWith(revision))
    );
  }

  async look(): Promise<void> {
    await this.#flux.reconcile('GitRepository', REPOSITORY);
  }
}

function kustomizationPath(name: string): string {
  return `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${NAMESPACE}/kustomizations/${name}`;
}
